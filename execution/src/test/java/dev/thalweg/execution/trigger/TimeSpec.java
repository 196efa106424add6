package dev.thalweg.execution.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.planner.incremental.OutputMode;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.StreamPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Time in a running query")
final class TimeSpec {
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

    private static StreamPlan windows(OutputMode mode) {
        return Plans.plan(Plans.countByWindow(Plans.watermark(Plans.clicks(), 10 * SECOND), 60 * SECOND), mode);
    }

    private void click(String user, long second) {
        bench.clicks().add(user, 1L, second * SECOND);
    }

    @Test
    @DisplayName("closes a window in the very trigger that moves the watermark past it, and never again")
    void closesWindows() {
        QueryRun query = bench.start(windows(OutputMode.APPEND));
        click("a", 5);
        click("a", 40);
        query.processAllAvailable();
        assertThat(bench.taken.rows()).isEmpty();
        click("a", 70);
        query.processAllAvailable();
        assertThat(bench.taken.rows(1)).containsExactly(60 * SECOND + ", a, 2");
        assertThat(bench.taken.infos().get(1).watermarkMicros()).hasValue(60 * SECOND);
        click("a", 75);
        query.processAllAvailable();
        assertThat(bench.taken.rows(2)).isEmpty();
    }

    @Test
    @DisplayName("goes on after a restart where the watermark was")
    void restoresTheWatermark() {
        click("a", 5);
        click("a", 130);
        bench.start(windows(OutputMode.APPEND)).processAllAvailable();
        bench.newProcess();
        QueryRun query = bench.start(windows(OutputMode.APPEND));
        click("b", 40);
        query.processAllAvailable();
        assertThat(query.lateRows().count()).isEqualTo(1);
        assertThat(bench.taken.rows()).containsExactly(60 * SECOND + ", a, 1");
    }

    @Test
    @DisplayName("keeps the rows it refused, with the operator and the watermark that had overtaken them")
    void keepsLateRows() {
        QueryRun query = bench.start(windows(OutputMode.UPDATE));
        click("a", 130);
        query.processAllAvailable();
        click("b", 40);
        click("c", 121);
        query.processAllAvailable();
        assertThat(query.lateRows().rows()).singleElement().satisfies(late -> {
            assertThat(late.trigger()).isEqualTo(1);
            assertThat(late.operator()).startsWith("Aggregate");
            assertThat(late.watermarkMicros()).isEqualTo(120 * SECOND);
            assertThat(late.row()).contains("\"user\":\"b\"", "\"n\":1");
        });
        assertThat(query.lastProgress().orElseThrow().stateOperators()).singleElement()
                .satisfies(operator -> assertThat(operator.numRowsDroppedByWatermark()).isEqualTo(1));
    }

    @Test
    @DisplayName("keeps no more late rows than it was told, but counts them all")
    void boundsLateRows() {
        bench.with(bench.settings().withLateRowsKept(2));
        QueryRun query = bench.start(windows(OutputMode.UPDATE));
        click("a", 130);
        query.processAllAvailable();
        for (int i = 0; i < 5; i++) {
            click("late " + i, 1);
        }
        query.processAllAvailable();
        assertThat(query.lateRows().count()).isEqualTo(5);
        assertThat(query.lateRows().rows()).extracting(LateRows.LateRow::row)
                .satisfiesExactly(row -> assertThat(row).contains("late 3"), row -> assertThat(row).contains("late 4"));
    }

    @Test
    @DisplayName("takes a union's watermark from its slowest input, and waits for one that has shown nothing")
    void unionTakesTheSlowest() {
        PlanNode left = Plans.watermark(Plans.scan("left", true), 0);
        PlanNode right = Plans.watermark(Plans.scan("right", true), 0);
        PlanNode union = new PlanNode.Union(List.of(left, right), Plans.ROW);
        QueryRun query = bench.start(Plans.plan(Plans.countByWindow(union, 60 * SECOND), OutputMode.APPEND));
        bench.feed.rows("left").add("a", 1L, 200 * SECOND);
        bench.feed.rows("left").add("a", 1L, 10 * SECOND);
        query.processAllAvailable();
        bench.feed.rows("left").add("a", 1L, 20 * SECOND);
        query.processAllAvailable();
        assertThat(bench.taken.rows()).isEmpty();
        bench.feed.rows("right").add("b", 1L, 61 * SECOND);
        query.processAllAvailable();
        assertThat(bench.taken.rows()).containsExactly(60 * SECOND + ", a, 2");
        assertThat(query.lateRows().count()).isZero();
    }

    @Test
    @DisplayName("ends with the input where endOfInput is flush: every window comes out, and new input is refused")
    void flushesAtTheEnd() {
        bench.with(bench.settings().withFlushAtEnd(true));
        click("a", 5);
        click("b", 70);
        bench.clicks().end();
        QueryRun query = bench.start(windows(OutputMode.APPEND), new TriggerPolicy.AsSoonAsPossible());
        assertThat(query.awaitTermination(Duration.ofSeconds(20))).isTrue();
        assertThat(bench.taken.rows()).containsExactlyInAnyOrder(60 * SECOND + ", a, 1", 120 * SECOND + ", b, 1");
        bench.newProcess();
        bench.start(windows(OutputMode.APPEND)).awaitTermination(Duration.ofSeconds(20));
        click("c", 500);
        bench.newProcess();
        QueryRun again = bench.start(windows(OutputMode.APPEND));
        assertThatThrownBy(again::awaitTermination).hasMessageContaining("THW-5062");
    }

    @Test
    @DisplayName("that is processing time makes triggers no closer than the interval")
    void keepsTheInterval() {
        QueryRun query = bench.start(Plans.plan(Plans.clicks(), OutputMode.APPEND),
                new TriggerPolicy.ProcessingTime(Duration.ofHours(1)));
        click("a", 5);
        query.processAllAvailable();
        click("b", 6);
        query.processAllAvailable();
        assertThat(bench.taken.rows()).hasSize(2);
    }
}
