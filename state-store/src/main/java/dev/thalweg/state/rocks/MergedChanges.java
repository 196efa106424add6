package dev.thalweg.state.rocks;

import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.KeyGroups;
import dev.thalweg.state.rocks.ChangeSection.TableChanges;
import java.util.List;

/// The changes that many triggers made to one table as one: sorted, the last operation of each key, less what a later
/// trigger freed by time.
///
/// A trigger writes its changes in no order; here they are gathered and sorted, key group by key group, so that what was
/// inserted and freed in between is never seen. [#next] moves to the next key, [#operation] is what it then stands on.
///
/// **Cost** a walk over all changes to count them, and one more for each share of the key groups that has [#GATHERED_MAX]
/// operations; no object an operation. **State** 8 bytes an operation of a share.
final class MergedChanges {
    /// Operations of which the places are held at once, unless one key group has more.
    private static final int GATHERED_MAX = 4 << 20;

    private static final int BLOCK = 128;

    private final List<TableChanges> changes;
    private final KeyGroups groups;
    private final int gatheredMax;
    /// What is freed behind each trigger.
    private final Expiry[] later;
    private final Expiry expiry;
    private final int[] counts = new int[KeyGroups.COUNT];
    private final int[] ends = new int[KeyGroups.COUNT];
    private final OperationSort sort = new OperationSort();
    private final Operation current = new Operation();
    /// Addresses of the operations of the key groups up to `lastGathered`, older before newer in each.
    private long[] gathered = new long[0];
    private int lastGathered;
    private int group;
    private int begin;
    private int number;
    private int count;
    private int loadedTo;
    @SuppressWarnings("UnusedVariable") // what is loaded ahead must go somewhere, or the JIT drops the loads
    private long loaded;

    /// @param oldestFirst the table's changes, all of one trigger before those of the next
    /// @param groups which of them matter
    MergedChanges(List<TableChanges> oldestFirst, KeyGroups groups) {
        this(oldestFirst, groups, GATHERED_MAX);
    }

    MergedChanges(List<TableChanges> oldestFirst, KeyGroups groups, int gatheredMax) {
        this.gatheredMax = gatheredMax;
        this.changes = List.copyOf(oldestFirst);
        this.groups = groups;
        this.later = new Expiry[changes.size()];
        Expiry behind = Expiry.NONE;
        for (int i = changes.size() - 1; i >= 0; i--) {
            later[i] = behind;
            behind = behind.and(changes.get(i));
        }
        expiry = behind;
        group = groups.first() - 1;
        lastGathered = group;
        walk(groups.first(), groups.last(), false);
    }

    /// What of the entries that were there before has been freed by time.
    Expiry expiry() {
        return expiry;
    }

    /// No fewer than [#next] will show.
    long operations() {
        long sum = 0;
        for (int each : counts) {
            sum += each;
        }
        return sum;
    }

    boolean next() {
        while (number == count) {
            if (group == groups.last()) {
                return false;
            }
            beginGroup(group + 1);
        }
        if (number >= loadedTo) {
            load();
        }
        int newest = sort.at(number++);
        long operation = gathered[begin + newest];
        while (number < count && Operation.haveSameKey(operation, gathered[begin + sort.at(number)])) {
            newest = Math.max(newest, sort.at(number++));
        }
        current.read(gathered[begin + newest]);
        return true;
    }

    Operation operation() {
        return current;
    }

    /// In the order of their keys operations lie anywhere in the log: no load of this loop waits for another.
    private void load() {
        loadedTo = Math.min(number + BLOCK, count);
        long seen = 0;
        for (int i = number; i < loadedTo; i++) {
            seen += Memory.getByte(gathered[begin + sort.at(i)]);
        }
        loaded = seen;
    }

    private void beginGroup(int next) {
        group = next;
        number = 0;
        loadedTo = 0;
        count = counts[group];
        if (count > 0) {
            if (group > lastGathered) {
                gather();
            }
            begin = ends[group] - count;
            sort.sort(gathered, begin, ends[group]);
        }
    }

    /// Notes where the operations of the next key groups are.
    private void gather() {
        int sum = 0;
        int last = group - 1;
        while (last < groups.last() && (last < group || sum + counts[last + 1] <= gatheredMax)) {
            last++;
            ends[last] = sum; // where it begins, until all are there
            sum = Math.addExact(sum, counts[last]);
        }
        lastGathered = last;
        if (gathered.length < sum) {
            gathered = new long[sum];
        }
        walk(group, last, true);
    }

    private void walk(int first, int last, boolean gathers) {
        for (int i = 0; i < later.length; i++) {
            TableChanges each = changes.get(i);
            if (!each.section().groups().overlaps(groups)) {
                continue;
            }
            long at = each.address();
            for (int left = each.operations(); left > 0; left--) {
                int of = Operation.group(at);
                if (of >= first && of <= last && !later[i].frees(of, Operation.key(at))) {
                    if (gathers) {
                        gathered[ends[of]++] = at;
                    } else {
                        counts[of]++;
                    }
                }
                at = Operation.end(at);
            }
        }
    }
}
