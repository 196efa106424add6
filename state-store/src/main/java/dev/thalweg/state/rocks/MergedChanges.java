package dev.thalweg.state.rocks;

import dev.thalweg.state.KeyGroups;
import dev.thalweg.state.rocks.ChangeSection.TableChanges;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// The changes that many triggers made to one table as one: sorted, the last operation of each key, less what a later
/// trigger freed by time.
///
/// Each trigger's operations are sorted already, so this is a merge; what was inserted and freed in between is never seen.
/// [#next] moves to the next key, [#operation] is what it then stands on.
///
/// **Cost** the logarithm of the number of triggers an operation; no object an operation.
final class MergedChanges {
    private static final Comparator<Cursor> BY_KEY_NEWEST_FIRST = (left, right) -> {
        int order = left.operation.compareKey(right.operation);
        return order != 0 ? order : Integer.compare(right.age, left.age);
    };

    private final PriorityQueue<Cursor> cursors = new PriorityQueue<>(BY_KEY_NEWEST_FIRST);
    private final Operation current = new Operation();
    private final Expiry expiry;
    private boolean started;

    /// @param oldestFirst the table's changes, all of one trigger before those of the next
    /// @param groups which of them matter
    MergedChanges(List<TableChanges> oldestFirst, KeyGroups groups) {
        Expiry later = Expiry.NONE;
        for (int i = oldestFirst.size() - 1; i >= 0; i--) {
            TableChanges changes = oldestFirst.get(i);
            add(new Cursor(changes, groups, i, later));
            later = later.and(changes);
        }
        expiry = later;
    }

    /// What of the entries that were there before has been freed by time.
    Expiry expiry() {
        return expiry;
    }

    boolean next() {
        Cursor cursor = cursors.poll();
        while (cursor != null) {
            boolean again = started && cursor.operation.compareKey(current) == 0; // an older one on the same key
            if (!again) {
                current.copyFrom(cursor.operation);
                started = true;
            }
            add(cursor);
            if (!again) {
                return true;
            }
            cursor = cursors.poll();
        }
        return false;
    }

    Operation operation() {
        return current;
    }

    private void add(Cursor cursor) {
        if (cursor.advance()) {
            cursors.add(cursor);
        }
    }

    /// Walks through one trigger's operations, past those that do not matter.
    private static final class Cursor {
        private final Operation operation = new Operation();
        private final KeyGroups groups;
        private final int age;
        private final Expiry later;
        private long at;
        private int left;

        Cursor(TableChanges changes, KeyGroups groups, int age, Expiry later) {
            this.groups = groups;
            this.age = age;
            this.later = later;
            at = changes.address();
            left = changes.operations();
        }

        boolean advance() {
            while (left > 0) {
                left--;
                at = operation.read(at);
                if (groups.contains(operation.group) && !later.frees(operation.group, operation.key)) {
                    return true;
                }
            }
            return false;
        }
    }
}
