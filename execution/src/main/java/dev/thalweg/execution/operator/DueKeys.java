package dev.thalweg.execution.operator;

import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyedState;
import dev.thalweg.state.KeyedState.SlotVisitor;
import dev.thalweg.state.StateTable;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;

/// Says when the time of a key has come: for entries that are found by a key which does not begin with the time that frees them.
///
/// State: `time, key -> hash`, one entry a key that was added; freed when its time has come.
/// Cost: a key that is added, one entry; a trigger, the keys whose time has come, and no look at the others.
final class DueKeys implements AutoCloseable {
    private static final int KEYS_MAX = 16_384;

    private final KeyedState times;
    private final TimedKeys timed;
    private final EncodedKeys due = new EncodedKeys(KEYS_MAX);
    private int[] slots = new int[0];
    private int count;

    /// @param name of the table
    /// @param keyType what the keys are
    DueKeys(String name, String keyType, StateTables tables, BufferAllocator allocator) {
        this.times = tables.open(new StateTable(name, 8, false, true, keyType, "hash BIGINT"));
        this.timed = new TimedKeys(allocator);
    }

    /// @param at when the time of each key comes
    void add(EncodedKeys keys, long[] at) {
        if (slots.length < keys.count()) {
            slots = new int[keys.count()];
        }
        times.findOrInsert(timed.of(keys, at), slots);
        for (int i = 0; i < keys.count(); i++) {
            times.touch(slots[i]);
            Memory.putLong(times.value(slots[i]), keys.hash(i));
        }
    }

    /// Hands over the keys whose time is at or below `micros`, in order of time, and forgets when it was.
    ///
    /// @param taker is given some at a time, and adds none
    void take(long micros, Consumer<EncodedKeys> taker) {
        times.forEachThrough(micros, new SlotVisitor() {
            @Override
            public void visit(int slot) {
                if (count == KEYS_MAX) {
                    handOver(taker);
                }
                gather(slot);
            }

            @Override
            public void takingBack() {
                handOver(taker);
            }
        });
        handOver(taker);
        times.removeThrough(micros);
    }

    /// The time of no key comes earlier; `Long.MAX_VALUE` where there is none.
    long earliest() {
        return times.earliest();
    }

    private void gather(int slot) {
        if (count == 0) {
            due.reset(KEYS_MAX);
        }
        due.set(count++, times.keyAddress(slot) + TimedKeys.LEAD, times.keyLength(slot) - TimedKeys.LEAD,
                Memory.getLong(times.value(slot)));
    }

    private void handOver(Consumer<EncodedKeys> taker) {
        if (count > 0) {
            due.reset(count);
            count = 0;
            taker.accept(due);
        }
    }

    @Override
    public void close() {
        timed.close();
    }
}
