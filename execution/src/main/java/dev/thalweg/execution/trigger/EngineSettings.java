package dev.thalweg.execution.trigger;

import dev.thalweg.state.KeyGroups;
import dev.thalweg.state.StateSettings;
import java.time.ZoneId;

/// How a query runs. A session has defaults; what belongs to the checkpoint (time zone, key groups) is pinned there at its
/// birth, and a restart goes on with the pinned value.
///
/// @param tasks how many tasks share the key groups, 1 to 128; the number of cores by default
/// @param zone the session's time zone
/// @param memoryBytesMax off-heap memory that the query's batches and operators may hold, in bytes
/// @param flushAtEnd `endOfInput = 'flush'`: when all sources are exhausted, one last trigger closes every window
/// @param watermarkPolicy how a node with several inputs takes its watermark from theirs
/// @param state how state uses memory and disk, and how often it is snapshot
/// @param waveBytesMax batches that may wait at the exchanges before the next fragment takes them, in bytes
/// @param batchRowsMax how many rows a source may put into a batch
/// @param lateRowsKept how many late rows stay readable by `late(q)`: the newest
/// @param progressKept how many triggers' progress stays readable
/// @param growth what is asked of a query's state
/// @param idle when an input that brings nothing no longer holds back the watermark of the others
public record EngineSettings(int tasks, ZoneId zone, long memoryBytesMax, boolean flushAtEnd,
        WatermarkPolicy watermarkPolicy, StateSettings state, long waveBytesMax, int batchRowsMax,
        int lateRowsKept, int progressKept, StateGrowth growth, IdleTimeouts idle) {
    /// How a union or join takes its watermark from those of its inputs.
    public enum WatermarkPolicy {
        /// Time is as far as the slowest input: nothing is late that any input may still bring in order.
        MIN,
        /// Time is as far as the fastest input.
        MAX
    }

    /// No task without a key group.
    public static final int TASKS_MAX = KeyGroups.COUNT;

    public static EngineSettings defaults() {
        Runtime machine = Runtime.getRuntime();
        return new EngineSettings(Math.min(TASKS_MAX, machine.availableProcessors()), ZoneId.systemDefault(),
                machine.maxMemory(), false,
                WatermarkPolicy.MIN, StateSettings.DEFAULT, 32L << 20, 8192, 10_000, 100, StateGrowth.DEFAULT,
                IdleTimeouts.NONE);
    }

    public EngineSettings withTasks(int number) {
        return new EngineSettings(number, zone, memoryBytesMax, flushAtEnd, watermarkPolicy, state,
                waveBytesMax, batchRowsMax, lateRowsKept, progressKept, growth, idle);
    }

    public EngineSettings withZone(ZoneId sessionZone) {
        return new EngineSettings(tasks, sessionZone, memoryBytesMax, flushAtEnd, watermarkPolicy,
                state, waveBytesMax, batchRowsMax, lateRowsKept, progressKept, growth, idle);
    }

    public EngineSettings withMemoryBytesMax(long bytes) {
        return new EngineSettings(tasks, zone, bytes, flushAtEnd, watermarkPolicy, state, waveBytesMax,
                batchRowsMax, lateRowsKept, progressKept, growth, idle);
    }

    public EngineSettings withFlushAtEnd(boolean flush) {
        return new EngineSettings(tasks, zone, memoryBytesMax, flush, watermarkPolicy, state,
                waveBytesMax, batchRowsMax, lateRowsKept, progressKept, growth, idle);
    }

    public EngineSettings withWatermarkPolicy(WatermarkPolicy policy) {
        return new EngineSettings(tasks, zone, memoryBytesMax, flushAtEnd, policy, state, waveBytesMax,
                batchRowsMax, lateRowsKept, progressKept, growth, idle);
    }

    public EngineSettings withState(StateSettings settings) {
        return new EngineSettings(tasks, zone, memoryBytesMax, flushAtEnd, watermarkPolicy, settings, waveBytesMax,
                batchRowsMax, lateRowsKept, progressKept, growth, idle);
    }

    public EngineSettings withWaveBytesMax(long bytes) {
        return new EngineSettings(tasks, zone, memoryBytesMax, flushAtEnd, watermarkPolicy, state, bytes, batchRowsMax,
                lateRowsKept, progressKept, growth, idle);
    }

    public EngineSettings withBatchRowsMax(int rows) {
        return new EngineSettings(tasks, zone, memoryBytesMax, flushAtEnd, watermarkPolicy, state,
                waveBytesMax, rows, lateRowsKept, progressKept, growth, idle);
    }

    public EngineSettings withLateRowsKept(int rows) {
        return new EngineSettings(tasks, zone, memoryBytesMax, flushAtEnd, watermarkPolicy, state,
                waveBytesMax, batchRowsMax, rows, progressKept, growth, idle);
    }

    public EngineSettings withGrowth(StateGrowth limits) {
        return new EngineSettings(tasks, zone, memoryBytesMax, flushAtEnd, watermarkPolicy, state, waveBytesMax,
                batchRowsMax, lateRowsKept, progressKept, limits, idle);
    }

    public EngineSettings withIdle(IdleTimeouts timeouts) {
        return new EngineSettings(tasks, zone, memoryBytesMax, flushAtEnd, watermarkPolicy, state, waveBytesMax,
                batchRowsMax, lateRowsKept, progressKept, growth, timeouts);
    }
}
