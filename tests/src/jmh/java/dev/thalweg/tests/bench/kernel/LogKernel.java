package dev.thalweg.tests.bench.kernel;

import dev.thalweg.spi.file.Directories;
import dev.thalweg.state.log.RecordType;
import dev.thalweg.state.log.TriggerLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

/// What the trigger log alone costs a trigger: three records, of which one has the bytes, and one `fdatasync`. It is the disk
/// that is measured; on a file system in memory it says nothing.
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls open first
public class LogKernel {
    private static final int KEPT = 1_000;

    @Param({"4096", "1048576"})
    int bytes;
    @Param("target/bench/kernels")
    String directory = "";

    private Path path;
    private TriggerLog log;
    private List<ByteBuffer> changes;
    private long trigger;

    @Setup(Level.Trial)
    public void open() throws IOException {
        path = Files.createTempDirectory(Files.createDirectories(Path.of(directory)), "log");
        log = TriggerLog.open(path, 1, TriggerLog.Settings.DEFAULT);
        changes = List.of(ByteBuffer.allocateDirect(bytes));
    }

    @Benchmark
    public long trigger() {
        log.append(RecordType.TRIGGER, trigger, "{}");
        log.append(RecordType.CHANGES, trigger, changes);
        log.sync(trigger);
        log.append(RecordType.COMMIT, trigger, "{}");
        if (++trigger % KEPT == 0) {
            log.deleteCovered(trigger);
        }
        return trigger;
    }

    @TearDown(Level.Trial)
    public void close() {
        log.close();
        Directories.delete(path);
    }
}
