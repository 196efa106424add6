package dev.thalweg.execution.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.planner.incremental.OutputMode;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.state.log.DurableStep;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A query that dies in a trigger")
final class CrashSpec {
    private static final List<DurableStep> STEPS = List.of(DurableStep.SINK_STAGED, DurableStep.TRIGGER_APPENDED,
            DurableStep.CHANGES_APPENDED, DurableStep.LOG_SYNCED, DurableStep.SINK_COMMITTED,
            DurableStep.COMMIT_APPENDED);
    private static final int ROWS = 6;

    @TempDir
    private Path directory;

    /// The process is gone.
    private static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static Stream<Arguments> deaths() {
        List<Arguments> deaths = new ArrayList<>();
        for (DurableStep step : STEPS) {
            for (long trigger : new long[] {0, 1, 4}) {
                deaths.add(Arguments.of(step, trigger));
            }
        }
        return deaths.stream();
    }

    @ParameterizedTest(name = "after {0} of trigger {1} goes on as if nothing had happened")
    @MethodSource("deaths")
    void goesOn(DurableStep step, long trigger) {
        assertThat(run(step, trigger, false)).containsExactlyElementsOf(run(step, Long.MAX_VALUE, false));
    }

    @ParameterizedTest(name = "after {0} of trigger {1}, with a sink that cannot tell, shows the same trigger again at the most")
    @MethodSource("deaths")
    void goesOnWithoutASinkThatTells(DurableStep step, long trigger) {
        assertThat(run(step, trigger, true)).containsExactlyElementsOf(run(step, Long.MAX_VALUE, false));
    }

    /// Runs a counting query a row a trigger, dies once, goes on, and gives what the sink has in the end.
    private List<String> run(DurableStep step, long trigger, boolean sinkCannotTell) {
        StreamPlan plan = Plans.plan(Plans.countByUser(Plans.clicks()), OutputMode.UPDATE);
        try (Workbench bench = new Workbench(directory.resolve(step + "-" + trigger + sinkCannotTell))) {
            if (sinkCannotTell) {
                bench.taken.cannotTell();
            }
            bench.clicks().limit(1);
            for (int i = 0; i < ROWS; i++) {
                bench.clicks().add(i % 2 == 0 ? "a" : "b", (long) i, 0L);
            }
            boolean[] died = {false};
            bench.onStep((reached, at) -> {
                if (reached == step && at == trigger && !died[0]) {
                    died[0] = true;
                    throw new Died();
                }
            });
            QueryRun first = bench.start(plan);
            if (trigger < ROWS) {
                assertThatThrownBy(first::processAllAvailable).hasRootCauseInstanceOf(Died.class);
                bench.newProcess();
                bench.start(plan).processAllAvailable();
            } else {
                first.processAllAvailable();
            }
            return bench.taken.rows();
        }
    }

    @Test
    @DisplayName("and whose sink acts at once has its trigger on record before it acts")
    void recordsBeforeActing() {
        try (Workbench bench = new Workbench(directory)) {
            bench.taken.actsAtOnce();
            List<DurableStep> order = new ArrayList<>();
            bench.onStep((step, _) -> order.add(step));
            bench.clicks().add("a", 2L, 0L);
            bench.start(Plans.plan(Plans.clicks(), OutputMode.APPEND)).processAllAvailable();
            assertThat(order.stream().filter(STEPS::contains).toList()).startsWith(DurableStep.TRIGGER_APPENDED,
                    DurableStep.LOG_SYNCED, DurableStep.SINK_STAGED, DurableStep.CHANGES_APPENDED,
                    DurableStep.LOG_SYNCED, DurableStep.SINK_COMMITTED, DurableStep.COMMIT_APPENDED);
        }
    }

    @Test
    @DisplayName("is refused by name of the change when its plan keeps other state")
    void refusesAnotherPlan() {
        try (Workbench bench = new Workbench(directory)) {
            bench.start(Plans.plan(Plans.countByUser(Plans.clicks()), OutputMode.UPDATE)).stop();
            assertThatThrownBy(() -> bench.start(Plans.plan(Plans.clicks(), OutputMode.APPEND)))
                    .hasMessageContaining("THW-5064").hasMessageContaining("- aggregate");
            bench.start(Plans.plan(Plans.countByUser(Plans.moreThan(Plans.clicks(), 3)), OutputMode.UPDATE)).stop();
        }
    }

    @Test
    @DisplayName("goes on with another number of tasks")
    void goesOnWithOtherTasks() {
        StreamPlan plan = Plans.plan(Plans.countByUser(Plans.clicks()), OutputMode.UPDATE);
        try (Workbench bench = new Workbench(directory)) {
            for (int i = 0; i < 20; i++) {
                bench.clicks().add("user " + i, 1L, 0L);
            }
            bench.start(plan).processAllAvailable();
            bench.newProcess();
            bench.with(bench.settings().withTasks(3));
            for (int i = 0; i < 20; i++) {
                bench.clicks().add("user " + i, 1L, 0L);
            }
            bench.start(plan).processAllAvailable();
            assertThat(bench.taken.rows(1)).hasSize(20).allMatch(row -> row.endsWith(", 2"));
        }
    }
}
