package dev.thalweg.execution.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.execution.trigger.EngineSettings.WatermarkPolicy;
import dev.thalweg.execution.trigger.QuerySpec.Target;
import dev.thalweg.planner.incremental.OutputMode;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.StreamPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A query that goes on otherwise than it began")
final class ChangedQuerySpec {
    private static final long SECOND = 1_000_000;

    @TempDir
    private Path directory;

    private Workbench bench;

    @BeforeEach
    void open() {
        bench = new Workbench(directory);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private static StreamPlan counts(OutputMode mode) {
        return Plans.plan(Plans.countByUser(Plans.clicks()), mode);
    }

    @Test
    @DisplayName("is refused in complete mode after update mode, which kept no result to begin with")
    void refusesCompleteAfterUpdate() {
        bench.clicks().add("a", 1L, 0L);
        bench.clicks().add("b", 1L, 0L);
        bench.start(counts(OutputMode.UPDATE)).processAllAvailable();
        bench.newProcess();
        assertThatThrownBy(() -> bench.start(counts(OutputMode.COMPLETE))).hasMessageContaining("THW-5064")
                .hasMessageContaining("+ keeps the whole result (output mode complete");
        bench.clicks().add("a", 1L, 0L);
        bench.start(counts(OutputMode.UPDATE)).processAllAvailable();
        assertThat(bench.taken.rows(1)).containsExactly("a, 2");
    }

    @Test
    @DisplayName("is refused in update mode after complete mode, whose result would grow stale")
    void refusesUpdateAfterComplete() {
        bench.clicks().add("a", 1L, 0L);
        bench.start(counts(OutputMode.COMPLETE)).processAllAvailable();
        bench.newProcess();
        assertThatThrownBy(() -> bench.start(counts(OutputMode.UPDATE))).hasMessageContaining("THW-5064")
                .hasMessageContaining("- keeps the whole result (output mode complete");
    }

    @Test
    @DisplayName("is refused with a result table after a sink")
    void refusesATableAfterASink() {
        bench.clicks().add("a", 1L, 0L);
        bench.start(counts(OutputMode.UPDATE)).processAllAvailable();
        bench.newProcess();
        QuerySpec table = new QuerySpec(Optional.of("q"), counts(OutputMode.UPDATE), new Target.ToResultTable(),
                new TriggerPolicy.Manual(), Optional.of(directory.resolve("q")), bench.settings());
        assertThatThrownBy(() -> bench.engine().start(table)).hasMessageContaining("+ keeps the whole result");
    }

    @Test
    @DisplayName("is refused with one more static table in a union, whose rows only the first trigger would have read")
    void refusesAStaticPartThatComesLater() {
        bench.clicks().add("a", 1L, 0L);
        bench.feed.rows("old").add("z", 1L, 0L);
        bench.start(Plans.plan(Plans.clicks(), OutputMode.APPEND)).processAllAvailable();
        bench.newProcess();
        PlanNode union = new PlanNode.Union(List.of(Plans.clicks(), Plans.scan("old", false)), Plans.ROW);
        assertThatThrownBy(() -> bench.start(Plans.plan(union, OutputMode.APPEND))).hasMessageContaining("THW-5064")
                .hasMessageContaining("+ once: table old (feed)");
    }

    @Test
    @DisplayName("keeps the watermark policy that it began with, so that no window comes out twice")
    void keepsItsWatermarkPolicy() {
        PlanNode union = new PlanNode.Union(List.of(Plans.watermark(Plans.clicks(), 0),
                Plans.watermark(Plans.scan("views", true), 0)), Plans.ROW);
        StreamPlan plan = Plans.plan(Plans.countByWindow(union, 60 * SECOND), OutputMode.APPEND);
        bench.with(bench.settings().withWatermarkPolicy(WatermarkPolicy.MAX));
        bench.clicks().add("a", 1L, 10 * SECOND);
        bench.clicks().add("a", 1L, 90 * SECOND);
        bench.start(plan).processAllAvailable();
        assertThat(bench.taken.rows()).containsExactly(60 * SECOND + ", a, 1");
        bench.newProcess();
        bench.with(bench.settings().withWatermarkPolicy(WatermarkPolicy.MIN));
        QueryRun query = bench.start(plan);
        bench.clicks().add("a", 1L, 20 * SECOND);
        bench.feed.rows("views").add("b", 1L, 95 * SECOND);
        query.processAllAvailable();
        assertThat(query.lateRows().count()).isEqualTo(1);
        assertThat(bench.taken.rows(1)).isEmpty();
    }
}
