package dev.thalweg.execution.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.planner.incremental.OutputMode;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.state.StateSettings;
import dev.thalweg.state.log.DurableStep;
import dev.thalweg.state.log.LogFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A loss of power")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class PowerLossSpec {
    @TempDir
    private Path directory;

    @Test
    @DisplayName("behind a snapshot that replaced all older ones finds the trigger before it done for good")
    void behindASnapshot() throws Exception {
        StreamPlan plan = Plans.plan(Plans.countByUser(Plans.clicks()), OutputMode.UPDATE);
        CountDownLatch replaced = new CountDownLatch(1);
        try (Workbench bench = new Workbench(directory)) {
            bench.taken.cannotTell();
            bench.with(bench.settings().withState(eagerSnapshots(bench.settings().state())));
            bench.newProcess(new LogFaults(true, false)); // what is not synced is not in the file
            bench.onStep((step, version) -> {
                if (step == DurableStep.SEGMENT_DELETED && version == 0) { // the last that snapshot 2 does
                    replaced.countDown();
                }
            });
            QueryRun query = bench.start(plan);
            for (int i = 0; i < 2; i++) {
                bench.clicks().add("a", 1L, 0L);
                query.processAllAvailable();
            }
            replaced.await();
            copyCheckpoint(directory.resolve("q"), directory.resolve("after"));
            bench.newProcess(LogFaults.NONE);
            bench.clicks().add("a", 1L, 0L);
            bench.engine().start(bench.spec("after", plan, new TriggerPolicy.Manual())).processAllAvailable();
            assertThat(bench.taken.rows()).containsExactly("a, 1", "a, 2", "a, 3");
        }
    }

    /// One after every trigger, none kept besides.
    private static StateSettings eagerSnapshots(StateSettings settings) {
        return new StateSettings(settings.residentBytesMax(), settings.cacheBytesMax(), 1, false, 1);
    }

    /// What a machine without power would have. `lock` is left out: to close a copy's handle frees the lock.
    private static void copyCheckpoint(Path from, Path to) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(from)) {
            all = files.filter(file -> !file.startsWith(from.resolve("live"))
                    && !String.valueOf(file.getFileName()).startsWith("lock")).toList();
        }
        for (Path file : all) {
            Files.copy(file, to.resolve(from.relativize(file).toString()));
        }
    }
}
