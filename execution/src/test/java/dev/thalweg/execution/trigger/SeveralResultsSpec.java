package dev.thalweg.execution.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.execution.trigger.QuerySpec.Output;
import dev.thalweg.execution.trigger.QuerySpec.Target;
import dev.thalweg.planner.incremental.OutputMode;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.SharedPlan;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.spi.TableOptions;
import dev.thalweg.state.log.DurableStep;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A query with several results")
final class SeveralResultsSpec {
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

    private static Target into(String format) {
        return new Target.ToSink(format, TableOptions.none(), List.of());
    }

    /// What several plans give, each into a target of its own.
    private QueryRun start(List<Target> targets, PlanNode... roots) {
        return start(targets, Arrays.stream(roots).map(root -> Plans.plan(root, OutputMode.UPDATE)).toList());
    }

    private QueryRun start(List<Target> targets, List<StreamPlan> plans) {
        SharedPlan shared = SharedPlan.of(plans);
        List<Output> outputs = new ArrayList<>();
        for (int i = 0; i < plans.size(); i++) {
            outputs.add(new Output("", shared.outputs().get(i), targets.get(i)));
        }
        if (targets.size() > plans.size()) {
            outputs.add(new Output("", LateRows.PLAN, targets.getLast()));
        }
        return bench.engine().start(new QuerySpec(Optional.of("q"), shared.whole(), outputs, new TriggerPolicy.Manual(),
                Optional.of(directory.resolve("q")), bench.settings()));
    }

    /// Counts a user into one sink, and the rows with more than 1 into the other.
    private QueryRun countsAndRows() {
        return start(List.of(into("taken"), into("other")), Plans.countByUser(Plans.clicks()),
                Plans.moreThan(Plans.clicks(), 1));
    }

    @Test
    @DisplayName("reads its stream once, and gives each sink its own")
    void readsOnce() {
        List<Integer> read = new ArrayList<>();
        bench.clicks().onRead(row -> {
            synchronized (read) {
                read.add(row);
            }
        });
        QueryRun query = countsAndRows();
        bench.clicks().add("a", 1L, 0L);
        bench.clicks().add("b", 2L, 0L);
        bench.clicks().add("a", 3L, 0L);
        query.processAllAvailable();
        assertThat(bench.taken.rows()).containsExactlyInAnyOrder("a, 2", "b, 1");
        assertThat(bench.other.rows()).containsExactly("b, 2, 0", "a, 3, 0");
        assertThat(read).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(query.lastProgress().orElseThrow().sources()).hasSize(1);
        assertThat(query.lastProgress().orElseThrow().sink().numOutputRows()).isEqualTo(4);
    }

    @Test
    @DisplayName("keeps once what several need, and hands it to each")
    void keepsOnce() {
        QueryRun query = start(List.of(into("taken"), into("other")), Plans.countByUser(Plans.clicks()),
                Plans.moreThan(Plans.countByUser(Plans.clicks()), 1));
        bench.clicks().add("a", 1L, 0L);
        bench.clicks().add("a", 1L, 0L);
        bench.clicks().add("b", 1L, 0L);
        query.processAllAvailable();
        assertThat(bench.taken.rows()).containsExactlyInAnyOrder("a, 2", "b, 1");
        assertThat(bench.other.rows()).containsExactly("a, 2");
        assertThat(query.lastProgress().orElseThrow().stateOperators()).singleElement()
                .satisfies(operator -> assertThat(operator.numRowsTotal()).isEqualTo(2));
    }

    @Test
    @DisplayName("keeps results for readers beside sinks, each under its own number")
    void keepsResults() {
        QueryRun query = start(List.of(new Target.ToResultTable(), into("other"), new Target.ToResultTable()),
                Plans.countByUser(Plans.clicks()), Plans.moreThan(Plans.clicks(), 1),
                Plans.moreThan(Plans.clicks(), 2));
        bench.clicks().add("a", 2L, 0L);
        bench.clicks().add("a", 3L, 0L);
        query.processAllAvailable();
        bench.newProcess();
        QueryRun again = start(List.of(new Target.ToResultTable(), into("other"), new Target.ToResultTable()),
                Plans.countByUser(Plans.clicks()), Plans.moreThan(Plans.clicks(), 1),
                Plans.moreThan(Plans.clicks(), 2));
        assertThat(rows(again, 0)).containsExactly("a, 2");
        assertThat(rows(again, 2)).containsExactly("a, 3, 0");
        assertThatThrownBy(() -> rows(again, 1)).hasMessageContaining("THW-3037");
    }

    private List<String> rows(QueryRun query, int output) {
        try (var reader = bench.engine().results().newChildAllocator("reader", 0, Long.MAX_VALUE)) {
            return query.result(reader, output).stream().flatMap(batch -> {
                try (batch) {
                    List<String> rows = new ArrayList<>();
                    for (int row = 0; row < batch.rowCount(); row++) {
                        rows.add(TakenRows.text(batch, row));
                    }
                    return rows.stream();
                }
            }).toList();
        }
    }

    private void dieAt(DurableStep death) {
        bench.onStep((step, trigger) -> {
            if (step == death) {
                dieInSecond(trigger);
            }
        });
    }

    private static void dieInSecond(long trigger) {
        if (trigger == 1) {
            throw new IllegalStateException("dies here");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SINK_STAGED", "TRIGGER_APPENDED", "CHANGES_APPENDED", "LOG_SYNCED", "SINK_COMMITTED",
            "COMMIT_APPENDED"})
    @DisplayName("has the same in all sinks after a crash, wherever it died")
    void goesOn(DurableStep death) {
        dieAt(death);
        dieAndGoOn();
        assertCommittedOnce();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("has the same in all sinks after a crash between their commits")
    void goesOnBetweenCommits(Later later) {
        TakenRows second = later == Later.OTHER ? bench.other : bench.taken;
        second.onCommit(SeveralResultsSpec::dieInSecond);
        if (later == Later.TAKEN_AFTER_ONE_THAT_CANNOT_TELL) {
            bench.other.cannotTell();
        }
        dieAndGoOn();
        assertCommittedOnce();
    }

    /// Which sink dies when it is to commit.
    enum Later {
        OTHER, TAKEN, TAKEN_AFTER_ONE_THAT_CANNOT_TELL
    }

    private void dieAndGoOn() {
        QueryRun query = countsAndRows();
        bench.clicks().add("a", 2L, 0L);
        query.processAllAvailable();
        bench.clicks().add("a", 3L, 0L);
        bench.clicks().add("b", 4L, 0L);
        assertThatThrownBy(query::processAllAvailable).hasRootCauseMessage("dies here");
        bench.onStep(DurableStep.Listener.NONE);
        Stream.of(bench.taken, bench.other).forEach(sink -> sink.onCommit(_ -> {}));
        bench.newProcess();
        QueryRun again = countsAndRows();
        again.processAllAvailable();
        bench.clicks().add("b", 5L, 0L);
        again.processAllAvailable();
    }

    private void assertCommittedOnce() {
        assertThat(bench.taken.rows(0)).containsExactly("a, 1");
        assertThat(bench.taken.rows(1)).containsExactlyInAnyOrder("a, 2", "b, 1");
        assertThat(bench.taken.rows(2)).containsExactly("b, 2");
        assertThat(bench.other.rows(0)).containsExactly("a, 2, 0");
        assertThat(bench.other.rows(1)).containsExactly("a, 3, 0", "b, 4, 0");
        assertThat(bench.other.rows(2)).containsExactly("b, 5, 0");
    }

    @ParameterizedTest
    @EnumSource(names = {"SINK_STAGED", "TRIGGER_APPENDED", "CHANGES_APPENDED", "LOG_SYNCED", "SINK_COMMITTED",
            "COMMIT_APPENDED"})
    @DisplayName("has each in its own output mode after a crash, wherever it died")
    void goesOnInEachMode(DurableStep death) {
        dieAt(death);
        assertWindowsInTwoModes();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("has each in its own output mode after a crash between their commits")
    void goesOnInEachModeBetweenCommits(boolean firstDies) {
        (firstDies ? bench.taken : bench.other).onCommit(SeveralResultsSpec::dieInSecond);
        assertWindowsInTwoModes();
    }

    /// Closed windows into one sink, windows that change into the other.
    private QueryRun windowsInTwoModes() {
        return start(List.of(into("taken"), into("other")),
                Stream.of(OutputMode.APPEND, OutputMode.UPDATE).map(mode -> Plans.plan(
                        Plans.countByWindow(Plans.watermark(Plans.clicks(), 0), 60 * SECOND), mode)).toList());
    }

    private void assertWindowsInTwoModes() {
        QueryRun query = windowsInTwoModes();
        bench.clicks().add("a", 1L, 10 * SECOND);
        query.processAllAvailable();
        bench.clicks().add("a", 1L, 20 * SECOND);
        bench.clicks().add("b", 1L, 70 * SECOND);
        assertThatThrownBy(query::processAllAvailable).hasRootCauseMessage("dies here");
        bench.onStep(DurableStep.Listener.NONE);
        Stream.of(bench.taken, bench.other).forEach(sink -> sink.onCommit(_ -> {}));
        bench.newProcess();
        QueryRun again = windowsInTwoModes();
        again.processAllAvailable();
        bench.clicks().add("late", 1L, 30 * SECOND);
        again.processAllAvailable();
        assertThat(bench.taken.rows(0)).isEmpty();
        assertThat(bench.taken.rows(1)).containsExactly("60000000, a, 2");
        assertThat(bench.taken.rows(2)).isEmpty();
        assertThat(bench.other.rows(0)).containsExactly("60000000, a, 1");
        assertThat(bench.other.rows(1)).containsExactlyInAnyOrder("60000000, a, 2", "120000000, b, 1");
        assertThat(bench.other.rows(2)).isEmpty();
        assertThat(again.lateRows().count()).isEqualTo(2); // each refuses it
    }

    @Test
    @DisplayName("is known by the output modes of its results, where they have several")
    void isKnownByItsModes() {
        windowsInTwoModes().stop();
        assertThatThrownBy(() -> start(List.of(into("taken"), into("other")),
                Stream.of(OutputMode.APPEND, OutputMode.CHANGELOG).map(mode -> Plans.plan(
                        Plans.countByWindow(Plans.watermark(Plans.clicks(), 0), 60 * SECOND), mode)).toList()))
                .hasMessageContaining("- result 2 in output mode update")
                .hasMessageContaining("+ result 2 in output mode changelog").hasMessageContaining("THW-5064");
    }

    @Test
    @DisplayName("gives its late rows to a sink, each once, in the trigger that brought them")
    void givesLateRows() {
        PlanNode windows = Plans.countByWindow(Plans.watermark(Plans.clicks(), 0), 60 * SECOND);
        QueryRun query = start(List.of(into("taken"), into("other")), windows);
        bench.clicks().add("a", 1L, 70 * SECOND);
        query.processAllAvailable();
        bench.clicks().add("late", 1L, 10 * SECOND);
        bench.other.onCommit(trigger -> {
            if (trigger == 1) {
                throw new IllegalStateException("dies here");
            }
        });
        assertThatThrownBy(query::processAllAvailable).hasRootCauseMessage("dies here");
        bench.other.onCommit(_ -> {});
        bench.newProcess();
        start(List.of(into("taken"), into("other")), windows).processAllAvailable();
        assertThat(bench.other.rows(0)).isEmpty();
        assertThat(bench.other.rows(1)).singleElement().asString().startsWith("1, Aggregate ")
                .contains("\"user\":\"late\"").endsWith(", 1");
    }

    @Test
    @DisplayName("is known by all its targets: another one is another query")
    void isKnownByItsTargets() {
        countsAndRows().stop();
        assertThatThrownBy(() -> start(List.of(into("taken")), Plans.countByUser(Plans.clicks())))
                .hasMessageContaining("- writes to other").hasMessageContaining("THW-5064");
    }
}
