package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.BatchRows;
import dev.thalweg.execution.hash.Gather;
import dev.thalweg.execution.hash.Scratch;
import dev.thalweg.execution.operator.StateTables;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyedState;
import dev.thalweg.state.MemoryCharge;
import dev.thalweg.state.Murmur3;
import dev.thalweg.state.overlay.ResidentTable;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/// Each different frame as a group of its own, many groups at once.
final class SingleFrames {
    private static final int ROWS_MAX = 65_536;

    private final AggregateDeclaration spec;
    private final FrameRows frames;
    private final BufferAllocator allocator;
    private final BatchRows batchRows = new BatchRows();
    private final CallRows rows = new CallRows();
    private final GroupStates states = new GroupStates();
    private final List<int[]> block = new ArrayList<>();
    private int made;

    SingleFrames(AggregateDeclaration spec, FrameRows frames, BufferAllocator allocator) {
        this.spec = spec;
        this.frames = frames;
        this.allocator = allocator;
    }

    /// @param frame receives for each place which result is its own
    /// @param blocks receives the results; the caller closes them
    void run(int[] frame, List<Batch> blocks) {
        int used = 0;
        int last = -1;
        for (int i = 0; i < frames.count(); i++) {
            if (!frames.wanted().test(i)) {
                frame[i] = Gather.NULL_ROW;
                continue;
            }
            if (last < 0 || frames.from()[i] != frames.from()[last] || frames.to()[i] != frames.to()[last]) {
                if (used >= ROWS_MAX || block.size() >= ROWS_MAX) {
                    blocks.add(collected(used));
                    used = 0;
                }
                block.add(new int[] {frames.from()[i], frames.end(i)});
                used += frames.end(i) - frames.from()[i];
                made++;
            }
            last = i;
            frame[i] = made - 1;
        }
        if (!block.isEmpty()) {
            blocks.add(collected(used));
        }
    }

    private Batch collected(int used) {
        List<ResidentTable> tables = new ArrayList<>();
        StateTables transients = table -> {
            ResidentTable made = new ResidentTable(table, MemoryCharge.UNLIMITED);
            tables.add(made);
            return made;
        };
        AccumulatorChoice choice = new AccumulatorChoice(spec, transients, allocator);
        Accumulator accumulator = choice.accumulators().getFirst();
        try (Scratch scratch = new Scratch(allocator)) {
            KeyedState groups = transients.open(choice.groups());
            choice.tails().attach(groups);
            int[] slots = new int[block.size()];
            EncodedKeys numbers = numbers(block.size(), scratch);
            groups.findOrInsert(numbers, slots);
            fill(used, numbers, groups);
            new CallRows().addEach(rows, spec.calls(), List.of(accumulator));
            accumulator.settle(new ChangedGroups(groups));
            for (int slot : slots) {
                states.add(groups.keyAddress(slot), groups.value(slot), groups.tail(slot));
            }
            return FrameAggregate.results(spec, accumulator, states, allocator);
        } finally {
            states.clear();
            block.clear();
            choice.tails().close();
            accumulator.close();
            tables.forEach(ResidentTable::close);
        }
    }

    private static EncodedKeys numbers(int count, Scratch scratch) {
        EncodedKeys keys = new EncodedKeys(count);
        keys.reset(count);
        long at = scratch.reserve(count * 8L);
        for (int i = 0; i < count; i++) {
            Memory.putLong(at + i * 8L, i);
            keys.set(i, at + i * 8L, 8, Murmur3.hash(at + i * 8L, 8));
        }
        return keys;
    }

    private void fill(int used, EncodedKeys numbers, KeyedState groups) {
        EncodedKeys keys = new EncodedKeys(used);
        keys.reset(used);
        int[] chosen = new int[used];
        int count = 0;
        for (int frame = 0; frame < block.size(); frame++) {
            for (int i = block.get(frame)[0]; i < block.get(frame)[1]; i++) {
                keys.set(count, numbers.address(frame), 8, numbers.hash(frame));
                chosen[count++] = frames.row()[i];
            }
        }
        rows.begin(frames.batch(), keys);
        rows.reserve(count);
        groups.findOrInsert(keys, rows.slot);
        for (int i = 0; i < count; i++) {
            rows.value[i] = groups.value(rows.slot[i]);
        }
        rows.row = chosen;
        rows.key = batchRows.identity(count);
        rows.count = count;
        rows.weight = null;
    }
}
