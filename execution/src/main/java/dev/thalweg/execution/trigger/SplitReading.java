package dev.thalweg.execution.trigger;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.source.SourceReader;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/// The splits of a trigger, read by tasks side by side in waves: a task reads until enough of its output waits, rests while
/// the waiting rows are taken in, and goes on.
///
/// Output is handed over in the order of the splits where the plan's answer depends on it; a task that runs ahead then
/// waits with at most its share of a wave. Else whatever there is is handed over.
///
/// **Thread** [#read] by one thread a task, in a round; everything else by the trigger thread between rounds.
final class SplitReading implements AutoCloseable {
    private final List<SplitWork> splits;
    private final boolean ordered;
    private final Lane[] lanes;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicLongArray rowsOfSource;
    private final Output[] outputs;
    private int front;

    /// What a split has put out so far.
    private static final class Output {
        private final Exits.Piles pile;
        private final int lane;
        private volatile boolean done;

        Output(Exits.Piles pile, int lane) {
            this.pile = pile;
            this.lane = lane;
        }
    }

    /// What one task is busy with.
    private static final class Lane {
        private @Nullable SourceReader reader;
        private int split;
        /// Output of this task that has not been handed over.
        private long waitingBytes;
    }

    /// Finds the task's copy of the fragment that a leaf belongs to.
    interface Tasks {
        FragmentTask of(SplitWork split, int task);
    }

    /// @param sources how many streaming sources there are
    SplitReading(List<SplitWork> splits, boolean ordered, int tasks, int sources) {
        this.splits = splits;
        this.ordered = ordered;
        this.lanes = new Lane[Math.min(tasks, splits.size())];
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = new Lane();
        }
        this.rowsOfSource = new AtomicLongArray(sources);
        this.outputs = new Output[splits.size()];
    }

    /// How many tasks have something to read.
    int lanes() {
        return lanes.length;
    }

    boolean isDone() {
        return front == splits.size();
    }

    long rows(int source) {
        return rowsOfSource.get(source);
    }

    long rows() {
        long rows = 0;
        for (int i = 0; i < rowsOfSource.length(); i++) {
            rows += rowsOfSource.get(i);
        }
        return rows;
    }

    /// Reads on as one task until so many bytes wait or nothing is left to begin.
    void read(int task, long waitingBytesMax, Tasks tasks) {
        Lane lane = lanes[task];
        while (lane.waitingBytes < waitingBytesMax) {
            if (lane.reader == null && !beginNext(lane, task, tasks)) {
                return;
            }
            readSome(lane, task, waitingBytesMax, tasks);
        }
    }

    private boolean beginNext(Lane lane, int task, Tasks tasks) {
        int index = next.getAndIncrement();
        if (index >= splits.size()) {
            return false;
        }
        SplitWork split = splits.get(index);
        FragmentTask fragment = tasks.of(split, task);
        fragment.context().beginPart(index);
        lane.split = index;
        outputs[index] = new Output(fragment.exits().freshPiles(), task);
        try {
            lane.reader = split.opening().open(fragment.context().allocator());
        } catch (RuntimeException e) {
            throw OperatorFailure.reading(split.description(), e);
        }
        return true;
    }

    private void readSome(Lane lane, int task, long waitingBytesMax, Tasks tasks) {
        SplitWork split = splits.get(lane.split);
        FragmentTask fragment = tasks.of(split, task);
        Output output = outputs[lane.split];
        long before = output.pile.bytes();
        fragment.exits().fill(output.pile);
        while (lane.reader != null && lane.waitingBytes + output.pile.bytes() - before < waitingBytesMax) {
            fragment.context().checkCancelled();
            Batch batch = nextBatch(lane, split);
            if (batch == null) {
                closeReader(lane);
                output.done = true;
            } else {
                if (split.source() != SplitWork.STATIC) {
                    rowsOfSource.addAndGet(split.source(), batch.rowCount());
                }
                fragment.leaf(split.leaf()).take(batch);
            }
        }
        lane.waitingBytes += output.pile.bytes() - before;
        fragment.exits().fill(fragment.exits().freshPiles());
    }

    private static @Nullable Batch nextBatch(Lane lane, SplitWork split) {
        SourceReader reader = lane.reader;
        if (reader == null) {
            return null;
        }
        try {
            return reader.next();
        } catch (RuntimeException e) {
            throw OperatorFailure.reading(split.description(), e);
        }
    }

    private static void closeReader(Lane lane) {
        SourceReader reader = lane.reader;
        lane.reader = null;
        if (reader != null) {
            reader.close();
        }
    }

    /// Takes a split's output, the fragment that made it being told by the split.
    interface Handover {
        void take(SplitWork split, Exits.Piles pile);
    }

    /// Hands over what waits and may go.
    void deliver(Handover handover) {
        boolean mayPass = true;
        for (int i = front; i < outputs.length && mayPass; i++) {
            Output output = outputs[i];
            if (output == null) {
                return; // splits are begun in order
            }
            lanes[output.lane].waitingBytes -= output.pile.bytes();
            handover.take(splits.get(i), output.pile);
            if (output.done && i == front) {
                front++;
            }
            mayPass = output.done || !ordered;
        }
    }

    @Override
    public void close() {
        for (Lane lane : lanes) {
            closeReader(lane);
        }
        for (Output output : outputs) {
            if (output != null) {
                output.pile.close();
            }
        }
    }
}
