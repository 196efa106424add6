package dev.thalweg.execution.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.planner.incremental.OutputMode;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.StreamPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A plan at work")
final class DataflowSpec {
    @TempDir
    private Path directory;

    @ParameterizedTest(name = "gives the same with {0} tasks and waves of {1} bytes")
    @CsvSource({"1, 33554432", "1, 1", "2, 33554432", "2, 1", "3, 500", "4, 1"})
    void doesNotDependOnTasks(int tasks, long waveBytes) {
        List<String> counts = new ArrayList<>();
        for (int user = 0; user < 10; user++) {
            counts.add("user " + user + ", 30");
        }
        assertThat(run("counts", tasks, waveBytes, Plans.countByUser(Plans.clicks()), OutputMode.UPDATE))
                .containsExactlyInAnyOrderElementsOf(counts);
    }

    @ParameterizedTest(name = "keeps the order of rows, with {0} tasks and waves of {1} bytes")
    @CsvSource({"1, 1", "2, 33554432", "2, 1", "4, 700"})
    void keepsOrder(int tasks, long waveBytes) {
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < 300; row++) {
            rows.add("user " + row % 10 + ", " + row + ", 0");
        }
        assertThat(run("rows", tasks, waveBytes, Plans.clicks(), OutputMode.APPEND)).containsExactlyElementsOf(rows);
    }

    @ParameterizedTest(name = "lets the first row of a key through, whichever task reads it, with {0} tasks and waves of {1} bytes")
    @CsvSource({"1, 33554432", "2, 33554432", "2, 1", "4, 1"})
    void firstIsFirst(int tasks, long waveBytes) {
        List<String> firsts = new ArrayList<>();
        for (int row = 0; row < 10; row++) {
            firsts.add("user " + row + ", " + row + ", 0");
        }
        PlanNode first = new PlanNode.DropDuplicates(new PlanNode.Exchange(Plans.clicks(), List.of(0)), List.of(0));
        assertThat(run("firsts", tasks, waveBytes, first, OutputMode.APPEND))
                .containsExactlyInAnyOrderElementsOf(firsts);
    }

    private List<String> run(String name, int tasks, long waveBytes, PlanNode root, OutputMode mode) {
        try (Workbench bench = new Workbench(directory.resolve(name + tasks + "-" + waveBytes))) {
            bench.with(bench.settings().withTasks(tasks).withWaveBytesMax(waveBytes));
            for (int row = 0; row < 300; row++) {
                bench.clicks().add("user " + row % 10, (long) row, 0L);
            }
            StreamPlan plan = Plans.plan(root, mode);
            bench.start(plan).processAllAvailable();
            return bench.taken.rows();
        }
    }

    @Test
    @DisplayName("looks for data in microseconds when there is none, and holds no more memory afterwards")
    void idleIsCheap() {
        try (Workbench bench = new Workbench(directory)) {
            QueryRun query = bench.start(Plans.plan(Plans.countByUser(Plans.clicks()), OutputMode.UPDATE));
            bench.clicks().add("a", 1L, 0L);
            query.processAllAvailable();
            long held = bench.bytes();
            for (int i = 0; i < 2_000; i++) {
                query.runTrigger();
            }
            long began = System.nanoTime();
            for (int i = 0; i < 2_000; i++) {
                assertThat(query.runTrigger()).isFalse();
            }
            double micros = (System.nanoTime() - began) / 1e3 / 2_000;
            assertThat(micros).as("microseconds an idle look, two thread hops included").isLessThan(1_000);
            assertThat(bench.bytes()).isEqualTo(held);
            assertThat(query.recentProgress()).hasSize(1);
        }
    }
}
