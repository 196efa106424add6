package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.Gather;
import dev.thalweg.execution.hash.Scratch;
import dev.thalweg.planner.incremental.AggregateCall;
import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.error.Defect;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/// The state of one frame that moves on: a frame is the one before it, with what came in and without what went out. It is
/// copied for each different frame, and results are read of many at once.
final class RollingFrame implements AutoCloseable {
    private static final int FRAMES_MAX = 4_096;

    private final AggregateDeclaration spec;
    private final FrameRows frames;
    private final BufferAllocator allocator;
    private final Accumulator accumulator;
    private final CallRows rows = new CallRows();
    private final GroupStates states = new GroupStates();
    private final Scratch scratch;
    private final int bytes;
    private final boolean takesBack;
    /// Whether the row of a place counts.
    private final boolean[] counts;
    private final long state;
    private int made;

    RollingFrame(AggregateDeclaration spec, FrameRows frames, BufferAllocator allocator) {
        this.spec = spec;
        this.frames = frames;
        this.allocator = allocator;
        this.takesBack = spec.changes() == Changes.RETRACT;
        AccumulatorChoice choice = new AccumulatorChoice(spec, table -> {
            throw new Defect("THW-9421", "A rolling aggregate asked for the table " + table.name() + ".");
        }, allocator);
        this.accumulator = choice.accumulators().getFirst();
        this.bytes = choice.groups().valueBytes();
        this.counts = countingRows();
        this.scratch = new Scratch(allocator);
        this.state = scratch.reserve((long) bytes * (1L + Math.min(FRAMES_MAX, frames.count())));
    }

    private boolean[] countingRows() {
        AggregateCall call = spec.calls().getFirst();
        boolean[] counting = new boolean[frames.count()];
        for (int i = 0; i < counting.length; i++) {
            counting[i] = true;
            for (int argument : CallRows.notNull(call)) {
                counting[i] &= spec.input().type(argument) != Simple.VOID
                        && !frames.batch().vector(argument).isNull(frames.row()[i]);
            }
        }
        return counting;
    }

    /// @param frame receives for each place which result is its own
    /// @param blocks receives the results; the caller closes them
    void run(int[] frame, List<Batch> blocks) {
        int begin = -1;
        int end = -1;
        for (int i = 0; i < frames.count(); i++) {
            if (!frames.wanted().test(i)) {
                frame[i] = Gather.NULL_ROW;
                continue;
            }
            int from = frames.from()[i];
            int to = frames.end(i);
            if (from != begin || frames.to()[i] != end || begin < 0) {
                boolean goesOn = begin >= 0 && from < end && to >= end
                        && (from == begin || (takesBack && from > begin));
                if (goesOn) {
                    add(begin, from, -1);
                    add(end, to, 1);
                } else {
                    start(frames.passed().apply(i));
                    add(from, to, 1);
                }
                begin = from;
                end = frames.to()[i];
                keep(blocks);
            }
            frame[i] = made - 1;
        }
        flush(blocks);
    }

    /// The state after some places, where the rows before them come to `passed`.
    byte[] after(byte[] passed, int from, int to) {
        start(passed);
        add(from, to, 1);
        byte[] after = new byte[bytes];
        Memory.copy(state, after, 0, bytes);
        return after;
    }

    private void start(byte[] passed) {
        for (int i = 0; i < bytes; i += 8) {
            Memory.putLong(state + i, 0);
        }
        Memory.copy(passed, 0, state, passed.length);
    }

    private void add(int from, int to, long weight) {
        rows.begin(frames.batch(), rows.keys());
        rows.reserve(to - from);
        int count = 0;
        for (int i = from; i < to; i++) {
            if (counts[i]) {
                rows.row[count] = frames.row()[i];
                rows.value[count++] = state;
            }
        }
        if (count == 0) {
            return;
        }
        rows.count = count;
        rows.weight = null;
        if (weight < 0) {
            long[] weights = rows.reserveWeights(count);
            Arrays.fill(weights, 0, count, weight);
            rows.weight = weights;
        }
        CountAccumulator.addWeights(rows, AggregateOperator.WEIGHT_OFFSET);
        accumulator.add(rows);
    }

    private void keep(List<Batch> blocks) {
        long to = state + (states.count + 1L) * bytes;
        Memory.copy(state, to, bytes);
        states.add(0, to, 0);
        made++;
        if (states.count == Math.min(FRAMES_MAX, frames.count())) {
            flush(blocks);
        }
    }

    private void flush(List<Batch> blocks) {
        if (states.count > 0) {
            blocks.add(FrameAggregate.results(spec, accumulator, states, allocator));
            states.clear();
        }
    }

    @Override
    public void close() {
        scratch.close();
        accumulator.close();
    }
}
