package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.Gather;
import dev.thalweg.execution.operator.Concatenation;
import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.planner.incremental.OverCall;
import dev.thalweg.planner.incremental.OverReach;
import dev.thalweg.spi.data.ArrowTypes;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/// An aggregate over the frame of each row, by the accumulators that keep groups up to date.
///
/// State: none; what a running aggregate comes to is its caller's to keep. Cost: where the state has a fixed size, one addition
/// and one removal a row, however wide the frames are ([RollingFrame]). Collections are made anew for each different frame
/// ([SingleFrames]).
public final class FrameAggregate {
    private final boolean rolls;
    private final AggregateDeclaration spec;
    private final BufferAllocator allocator;

    /// @param input the rows; the call's arguments are columns of it
    public FrameAggregate(OverCall over, RowType input, Field field, BufferAllocator allocator) {
        boolean runs = OverReach.runs(over.frame());
        this.rolls = OverReach.rolls(over, input);
        this.spec = new AggregateDeclaration("over", input, List.of(), List.of(over.aggregate()), RowType.of(field),
                rolls && !runs ? Changes.RETRACT : Changes.INSERT_ONLY, OptionalInt.empty(), false, false);
        this.allocator = allocator;
    }

    /// One result a place, of no meaning where none is wanted.
    public FieldVector of(FrameRows frames) {
        int[] frame = new int[frames.count()];
        List<Batch> blocks = new ArrayList<>();
        try {
            if (rolls) {
                try (RollingFrame rolling = new RollingFrame(spec, frames, allocator)) {
                    rolling.run(frame, blocks);
                }
            } else {
                new SingleFrames(spec, frames, allocator).run(frame, blocks);
            }
            Field field = spec.output().field(0);
            if (blocks.size() == 1) {
                return Gather.rows(blocks.getFirst().vector(0), field, frame, frame.length, allocator);
            }
            try (Batch all = Concatenation.of(spec.output(), blocks, allocator)) {
                return Gather.rows(all.vector(0), field, frame, frame.length, allocator);
            }
        } finally {
            blocks.forEach(Batch::close);
        }
    }

    /// What the aggregate comes to when it goes on over some places. Only where it [#rolls].
    public byte[] after(FrameRows frames, byte[] passed, int from, int to) {
        try (RollingFrame rolling = new RollingFrame(spec, frames, allocator)) {
            return rolling.after(passed, from, to);
        }
    }

    static Batch results(AggregateDeclaration spec, Accumulator accumulator, GroupStates states,
            BufferAllocator allocator) {
        Field field = spec.output().field(0);
        FieldVector vector = ArrowTypes.newVector(field, allocator);
        try {
            accumulator.writeResult(states, field, vector);
        } catch (RuntimeException e) {
            vector.close(); // the result may not fit its type
            throw e;
        }
        return Batch.of(spec.output(), List.of(vector), states.count);
    }
}
