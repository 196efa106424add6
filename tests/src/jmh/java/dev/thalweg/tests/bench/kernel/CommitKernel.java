package dev.thalweg.tests.bench.kernel;

import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.file.Directories;
import dev.thalweg.state.Checkpoint;
import dev.thalweg.state.CheckpointMetadata;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyedState;
import dev.thalweg.state.MemoryCharge;
import dev.thalweg.state.StateSettings;
import dev.thalweg.state.StateStore;
import dev.thalweg.state.StateTable;
import dev.thalweg.state.log.ChangesPayload;
import dev.thalweg.state.log.RecordType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.RootAllocator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// What the state of a trigger costs that changes so many keys: found, counted up, written to the log, committed; with the disk's
/// `fdatasync` or without. Times are those of whole triggers, as medians and tails.
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls open first
public class CommitKernel {
    private static final StateTable COUNTS = new StateTable("counts", 8, false, false, "BIGINT", "BIGINT");

    @Param({"1000", "100000"})
    int keys;
    @Param({"true", "false"})
    boolean sync;
    @Param("target/bench/kernels")
    String directory = "";

    private final RootAllocator allocator = new RootAllocator();
    private Path path;
    private Checkpoint checkpoint;
    private StateStore store;
    private KeyedState counts;
    private KeyEncoder encoder;
    private EncodedKeys encoded;
    private int[] slots;

    @Setup(Level.Trial)
    public void open() throws IOException {
        path = Files.createTempDirectory(Files.createDirectories(Path.of(directory)), "commit");
        checkpoint = Checkpoint.open(path, CheckpointMetadata.of("q", "{}"));
        store = StateStore.open(checkpoint, 1, StateSettings.DEFAULT, MemoryCharge.UNLIMITED, 0);
        counts = store.task(0).open(COUNTS);
        encoder = KeyEncoder.of(Rows.TYPE, List.of(Rows.ID), allocator);
        slots = new int[keys];
        try (Batch batch = Rows.numbered(keys, allocator)) {
            encoded = encoder.encode(batch);
        }
    }

    @Benchmark
    public long trigger() {
        store.begin();
        counts.findOrInsert(encoded, slots);
        for (int slot : slots) {
            counts.touch(slot);
            long value = counts.value(slot);
            Memory.putLong(value, Memory.getLong(value) + 1);
        }
        long trigger = store.version();
        checkpoint.log().append(RecordType.TRIGGER, trigger, "{}");
        checkpoint.log().append(RecordType.CHANGES, trigger, ChangesPayload.of("{}", store.collectChanges()));
        if (sync) {
            checkpoint.log().sync(trigger);
        }
        store.commit(trigger + 1);
        checkpoint.log().append(RecordType.COMMIT, trigger, "{}");
        return trigger;
    }

    @TearDown(Level.Trial)
    public void close() {
        encoder.close();
        store.close();
        checkpoint.close();
        allocator.close();
        Directories.delete(path);
    }
}
