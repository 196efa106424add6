package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyedState;
import java.util.Arrays;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/// Which values every group has had, for all calls with DISTINCT over the same arguments, whatever their FILTERs: a row is
/// looked up once, not once a call.
///
/// State: a table `group, value -> ` one bit a call, that some row let through by its FILTER had the value; over input that
/// retracts, one count a call instead. So a value that was there before costs no write where nothing is taken back. Where groups have
/// a time to live the values of each are found by a [KeyTree] in memory.
final class DistinctMembers implements AutoCloseable {
    /// Calls of one table: the bits of a long.
    static final int CALLS_MAX = Long.SIZE;

    private final KeyEncoder encoder;
    private final KeyedState table;
    private final MemberKeys memberKeys;
    private final boolean counts;
    private final int calls;
    private final Optional<KeyTree> byGroup;
    /// The rows of the batch that some call has asked for.
    private final CallRows asked = new CallRows();
    private @Nullable Batch batch;
    /// The entry of each row of the batch, or [KeyedState#ABSENT] while no call has asked for it.
    private int[] slotOfRow = new int[0];
    private int[] found = new int[0];

    /// What is kept of each value.
    ///
    /// @param counts whether the input retracts
    /// @param calls how many share the table
    /// @param forgets whether groups have a time to live
    record Kinds(boolean counts, int calls, boolean forgets) {}

    /// @param encoder of the calls' arguments
    /// @param kinds what is kept of each value
    DistinctMembers(KeyEncoder encoder, KeyedState table, Kinds kinds, BufferAllocator allocator) {
        this.encoder = encoder;
        this.table = table;
        this.counts = kinds.counts();
        this.calls = kinds.calls();
        this.memberKeys = new MemberKeys(allocator);
        this.byGroup = kinds.forgets() ? Optional.of(resident(table)) : Optional.empty();
    }

    private static KeyTree resident(KeyedState table) {
        table.keepResident(KeyTree.SLOT_BYTES);
        return new KeyTree(table);
    }

    /// Bytes of an entry.
    static int valueBytes(boolean counts, int calls) {
        return counts ? Long.BYTES * calls : Long.BYTES;
    }

    /// Notes the rows of a call, and gives it those by which a value came to a group, or went with its last row; their
    /// weights are 1 and -1.
    void collectTransitions(CallRows rows, int call, CallRows to) {
        lookUp(rows);
        to.begin(rows.batch(), rows.keys());
        to.reserve(rows.count);
        to.count = 0;
        if (counts) {
            count(rows, call, to);
        } else {
            mark(rows, 1L << call, to);
        }
    }

    private void mark(CallRows rows, long bit, CallRows to) {
        for (int i = 0; i < rows.count; i++) {
            int slot = slotOfRow[rows.key[i]];
            long marks = Memory.getLong(table.value(slot));
            if ((marks & bit) == 0) {
                table.touch(slot);
                Memory.putLong(table.value(slot), marks | bit);
                add(to, rows, i);
            }
        }
        to.weight = null;
    }

    private void count(CallRows rows, int call, CallRows to) {
        long[] weight = rows.weight;
        long[] signs = to.reserveWeights(rows.count);
        boolean anyGone = false;
        for (int i = 0; i < rows.count; i++) {
            int slot = slotOfRow[rows.key[i]];
            table.touch(slot);
            long at = table.value(slot) + ((long) call << 3);
            long before = Memory.getLong(at);
            long after = before + (weight == null ? 1 : weight[i]);
            Memory.putLong(at, after);
            if (before > 0 != after > 0) {
                signs[to.count] = after > 0 ? 1 : -1;
                anyGone |= after <= 0;
                add(to, rows, i);
            }
        }
        to.weight = anyGone ? signs : null;
    }

    private static void add(CallRows to, CallRows rows, int i) {
        int at = to.count++;
        to.row[at] = rows.row[i];
        to.value[at] = rows.value[i];
        to.slot[at] = rows.slot[i];
        to.key[at] = rows.key[i];
    }

    /// Finds the entries of rows that no earlier call has asked for in this batch, together with those that one has: an
    /// entry that nobody has touched is good only until the table is asked again.
    private void lookUp(CallRows rows) {
        if (batch != rows.batch()) {
            begin(rows);
        }
        int known = asked.count;
        for (int i = 0; i < rows.count; i++) {
            if (slotOfRow[rows.key[i]] == KeyedState.ABSENT) {
                add(asked, rows, i);
            }
        }
        if (asked.count == known) {
            return;
        }
        found = found.length < asked.count ? new int[Math.max(asked.count, 1024)] : found;
        EncodedKeys values = encoder.encode(asked.batch(), asked.row, asked.count);
        table.findOrInsert(memberKeys.of(asked, values), found);
        for (int i = 0; i < asked.count; i++) {
            slotOfRow[asked.key[i]] = found[i];
        }
        if (byGroup.isPresent()) {
            order(byGroup.get());
        }
    }

    private void order(KeyTree tree) {
        for (int i = 0; i < asked.count; i++) {
            if (!tree.contains(found[i])) {
                tree.insert(found[i]);
            }
        }
    }

    /// Forgets the values of a group.
    void forget(long group, int length) {
        SlotList gone = new SlotList();
        byGroup.ifPresent(tree -> {
            tree.walk(group, length, gone);
            gone.forEach(slot -> {
                tree.remove(slot);
                table.remove(slot);
            });
        });
    }

    private void begin(CallRows rows) {
        batch = rows.batch();
        int all = rows.keys().count();
        slotOfRow = slotOfRow.length < all ? new int[Math.max(all, 1024)] : slotOfRow;
        Arrays.fill(slotOfRow, 0, all, KeyedState.ABSENT);
        asked.begin(rows.batch(), rows.keys());
        asked.reserve(all); // no call asks for more
        asked.count = 0;
    }

    /// Drops the values that no call counts any more; the end of a trigger, so of its last batch too.
    void settle() {
        batch = null;
        for (int i = 0; counts && i < table.changedCount(); i++) {
            int slot = table.changed(i);
            if (!table.isRemoved(slot) && isForgotten(table.value(slot))) {
                table.remove(slot);
            }
        }
    }

    private boolean isForgotten(long value) {
        long or = 0;
        for (int call = 0; call < calls; call++) {
            or |= Memory.getLong(value + ((long) call << 3));
        }
        return or == 0;
    }

    void removeThrough(long micros) {
        table.removeThrough(micros);
    }

    @Override
    public void close() {
        encoder.close();
        memberKeys.close();
    }
}
