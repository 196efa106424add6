package dev.thalweg.execution.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.planner.incremental.OutputMode;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.state.log.DurableStep;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A union of which one input is silent")
final class IdleInputSpec {
    private static final long SECOND = 1_000_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @TempDir
    private Path directory;

    private Workbench bench;

    @BeforeEach
    void open() {
        bench = new Workbench(directory);
        bench.with(bench.settings().withIdle(new IdleTimeouts(TIMEOUT.toMillis(), Map.of())));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private static StreamPlan windows() {
        PlanNode left = Plans.watermark(Plans.scan("left", true), 0);
        PlanNode right = Plans.watermark(Plans.scan("right", true), 0);
        PlanNode union = new PlanNode.Union(List.of(left, right), Plans.ROW);
        return Plans.plan(Plans.countByWindow(union, 60 * SECOND), OutputMode.APPEND);
    }

    private void left(long second) {
        bench.feed.rows("left").add("l", 1L, second * SECOND);
    }

    private void right(long second) {
        bench.feed.rows("right").add("r", 1L, second * SECOND);
    }

    @Test
    @DisplayName("goes on without it when its time is up, in a trigger without rows")
    void goesOnWithoutIt() {
        QueryRun query = bench.start(windows());
        left(10);
        left(70);
        query.processAllAvailable();
        bench.clock.advance(TIMEOUT.minusMillis(1));
        left(71);
        query.processAllAvailable();
        assertThat(bench.taken.rows()).isEmpty();
        bench.clock.advance(Duration.ofMillis(1));
        query.processAllAvailable();
        assertThat(bench.taken.rows(2)).containsExactly(60 * SECOND + ", l, 1");
        assertThat(query.runTrigger()).as("nothing moves any more").isFalse();
        assertThat(query.lastProgress().orElseThrow().sources().get(1).metrics()).containsEntry("idle", "true");
    }

    @Test
    @DisplayName("does not wait for it while it stays silent, and its watermark counts again when it speaks")
    void countsAgain() {
        QueryRun query = bench.start(windows());
        left(10);
        right(5);
        query.processAllAvailable();
        bench.clock.advance(TIMEOUT);
        left(130);
        query.processAllAvailable();
        assertThat(bench.taken.rows(1)).as("the right is idle").containsExactlyInAnyOrder(60 * SECOND + ", l, 1",
                60 * SECOND + ", r, 1");
        right(6);
        right(131);
        query.processAllAvailable();
        assertThat(query.lateRows().count()).as("time does not go back for it").isEqualTo(1);
        left(300);
        query.processAllAvailable();
        assertThat(bench.taken.rows(3)).as("only up to where the right is").isEmpty();
        right(181);
        query.processAllAvailable();
        assertThat(bench.taken.rows(4)).containsExactlyInAnyOrder(180 * SECOND + ", l, 1", 180 * SECOND + ", r, 1");
    }

    @Test
    @DisplayName("keeps its time over a restart, and an input that was idle is idle until it speaks")
    void remembers() {
        left(70);
        QueryRun first = bench.start(windows());
        first.processAllAvailable();
        bench.clock.advance(TIMEOUT);
        left(71);
        first.processAllAvailable();
        bench.newProcess();
        QueryRun query = bench.start(windows());
        right(20);
        query.processAllAvailable();
        assertThat(query.lateRows().count()).isEqualTo(1);
        bench.newProcess();
        QueryRun again = bench.start(windows());
        left(190);
        again.processAllAvailable();
        assertThat(bench.taken.rows()).as("the right has spoken, and is behind").isEmpty();
    }

    @Test
    @DisplayName("goes on without the others too when all are silent")
    void allSilent() {
        QueryRun query = bench.start(windows());
        left(10);
        right(70);
        query.processAllAvailable();
        assertThat(bench.taken.rows()).isEmpty();
        bench.clock.advance(TIMEOUT);
        query.processAllAvailable();
        assertThat(bench.taken.rows()).containsExactly(60 * SECOND + ", l, 1");
    }

    @ParameterizedTest
    @EnumSource(names = {"SINK_STAGED", "TRIGGER_APPENDED", "CHANGES_APPENDED", "LOG_SYNCED", "SINK_COMMITTED",
            "COMMIT_APPENDED"})
    @DisplayName("decides alike when the trigger without rows runs again after a crash")
    void decidesAlike(DurableStep death) {
        left(10);
        left(70);
        bench.onStep((step, trigger) -> {
            if (step == death && trigger == 1) {
                throw new IllegalStateException("dies here");
            }
        });
        QueryRun query = bench.start(windows());
        query.processAllAvailable();
        bench.clock.advance(TIMEOUT);
        assertThatThrownBy(query::processAllAvailable).hasRootCauseMessage("dies here");
        bench.onStep(DurableStep.Listener.NONE);
        bench.newProcess();
        right(75); // comes too late to be heard by what is on record
        bench.start(windows()).processAllAvailable();
        assertThat(bench.taken.rows()).containsExactly(60 * SECOND + ", l, 1");
        assertThat(bench.taken.rows(1)).hasSize(1);
    }

    @Test
    @DisplayName("is woken by the clock")
    void isWokenByTheClock() throws Exception {
        bench.with(bench.settings().withIdle(new IdleTimeouts(0, Map.of("right", 20L))));
        CountDownLatch moved = new CountDownLatch(1);
        bench.taken.onCommit(trigger -> {
            if (trigger == 1) {
                moved.countDown();
            }
        });
        left(10);
        left(70);
        QueryRun query = bench.start(windows(), new TriggerPolicy.AsSoonAsPossible());
        query.processAllAvailable(Duration.ofSeconds(20));
        bench.clock.advance(Duration.ofMillis(20));
        assertThat(moved.await(20, TimeUnit.SECONDS)).isTrue();
        query.processAllAvailable(Duration.ofSeconds(20));
        assertThat(bench.taken.rows()).containsExactly(60 * SECOND + ", l, 1");
    }
}
