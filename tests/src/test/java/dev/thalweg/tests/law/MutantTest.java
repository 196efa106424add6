package dev.thalweg.tests.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.thalweg.execution.trigger.CrashProbe;
import dev.thalweg.planner.incremental.Rewrite;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.spi.error.ThalwegException;
import dev.thalweg.tests.law.Rel.Aggregate;
import dev.thalweg.tests.law.Rel.Join;
import dev.thalweg.tests.law.Rel.Union;
import dev.thalweg.tests.law.Rel.Watermark;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The law finds a planted bug by its wrong answers")
final class MutantTest {
    /// Of the cases that have what the bug is about.
    private static final int CASES_MAX = 150;
    private static final long SEEDS_MAX = 4_000;

    @ParameterizedTest(name = "{0}")
    @EnumSource(value = Mutant.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    @DisplayName("within a hundred and fifty cases that could show it")
    void isFound(Mutant mutant) throws IOException {
        try (PlanRunner runner = new PlanRunner(mutant.probe())) {
            int cases = 0;
            int broken = 0;
            for (long seed = 0; seed < SEEDS_MAX && cases < CASES_MAX; seed++) {
                QueryCase query = DataGenerator.draw(QueryGenerator.draw(seed, Part.LANDED), seed, 0);
                if (concerns(mutant, query)) {
                    cases++;
                    try {
                        if (isWrong(runner, mutant, query)) {
                            return;
                        }
                    } catch (ThalwegException | IllegalStateException e) {
                        broken++; // that the engine refuses to run proves nothing of the law
                    }
                }
            }
            fail("%d cases did not find %s, of which %d broke the engine", cases, mutant, broken);
        }
    }

    /// Whether the law finds the mutant out: by a wrong result or a wrong number of late rows.
    private static boolean isWrong(PlanRunner runner, Mutant mutant, QueryCase query) {
        LatenessModel lateness = LatenessModel.of(query);
        StreamPlan plan = mutant.in(runner.stream(query, Rewrite.ALL));
        try (PlanRun run = runner.start(query, plan)) {
            for (int trigger = 0; run.hasNext(); trigger++) {
                Interpreter.Answer actual = run.next(runner::arrive);
                Interpreter.Answer expected = Interpreter.after(query, trigger, lateness);
                if (actual.late() != expected.late()
                        || !RowBag.difference(expected.rows(), actual.rows()).isEmpty()) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Saves the time of cases that the bug leaves alone.
    private static boolean concerns(Mutant mutant, QueryCase query) {
        List<Rel> nodes = query.nodes();
        return switch (mutant) {
            case NONE -> true;
            case WATERMARK_OFF_BY_ONE -> nodes.stream().anyMatch(Watermark.class::isInstance)
                    && nodes.stream().anyMatch(Aggregate.class::isInstance);
            case LATE_ROWS_KEPT -> query.mode() != QueryCase.Mode.APPEND && query.mode() != QueryCase.Mode.COMPLETE
                    && nodes.stream().anyMatch(Watermark.class::isInstance)
                    && nodes.stream().anyMatch(Aggregate.class::isInstance);
            case EMITTED_BEFORE_CLOSED ->
                    query.mode() == QueryCase.Mode.APPEND && nodes.stream().anyMatch(Aggregate.class::isInstance);
            case WINDOW_BOUNDARY_OFF_BY_ONE ->
                    nodes.stream().anyMatch(n -> n instanceof Aggregate a && a.window().isPresent());
            case LOST_RETRACTION ->
                    query.mode() != QueryCase.Mode.APPEND && nodes.stream().anyMatch(n -> n instanceof Aggregate a
                            && QueryCase.nodes(a.input()).stream().anyMatch(Aggregate.class::isInstance));
            case FILTER_IGNORED -> nodes.stream().anyMatch(
                    n -> n instanceof Aggregate a && a.calls().stream().anyMatch(c -> c.filter().isPresent()));
            case DISTINCT_COUNTED_TWICE -> nodes.stream().anyMatch(
                    n -> n instanceof Aggregate a && a.calls().stream().anyMatch(Rel.AggregateCall::distinct));
            case NULL_GROUP_DROPPED -> nodes.stream().anyMatch(n -> n instanceof Aggregate a && !a.keys().isEmpty());
            case UNION_FORGETS_AN_INPUT -> nodes.stream().anyMatch(Union.class::isInstance);
            case JOIN_CONDITION_IGNORED ->
                    nodes.stream().anyMatch(n -> n instanceof Join j && !j.isOfStreams() && j.residual().isPresent());
            case ANTI_JOIN_TURNED_ROUND ->
                    nodes.stream()
                            .anyMatch(n -> n instanceof Join j && !j.isOfStreams() && j.kind() == Rel.JoinKind.ANTI);
            case UNMATCHED_ROWS_LOST -> nodes.stream().anyMatch(n -> n instanceof Join j && j.isOfStreams()
                    && (j.kind() == Rel.JoinKind.LEFT || j.kind() == Rel.JoinKind.FULL));
            case STREAM_JOIN_CONDITION_IGNORED ->
                    nodes.stream().anyMatch(n -> n instanceof Join j && j.isOfStreams() && j.residual().isPresent());
            case ALL_TURNED_ROUND -> nodes.stream().anyMatch(Rel.SetOperation.class::isInstance);
            case ONE_ROW_TOO_MANY -> nodes.stream().anyMatch(Rel.Top.class::isInstance);
            case RANK_NOT_ASKED -> nodes.stream().anyMatch(RankGenerator::isFirstByTime);
            case FRAME_IGNORED -> nodes.stream().anyMatch(Rel.Over.class::isInstance);
            case ASOF_OFF_BY_ONE -> nodes.stream().anyMatch(Rel.Asof.class::isInstance);
            case DUPLICATES_KEPT -> nodes.stream().anyMatch(n -> n instanceof Rel.DropDuplicates d && !d.isWithin());
            case LET_GO_TOO_SOON -> nodes.stream().anyMatch(n -> n instanceof Rel.DropDuplicates d && d.isWithin());
            case DISTINCT_FORGOTTEN -> nodes.stream().anyMatch(Rel.Distinct.class::isInstance);
            case SESSION_GAP_OFF_BY_ONE -> nodes.stream().anyMatch(n -> n instanceof Aggregate a
                    && a.window().filter(Rel.Window::isSession).isPresent());
            case EMPTY_ARRAY_EXPLODED -> nodes.stream().anyMatch(Rel.Explode.class::isInstance);
            case GROUPING_SET_LOST -> nodes.stream().anyMatch(n -> n instanceof Aggregate a
                    && a.grouping() != Rel.Grouping.PLAIN);
            case CLOCK_OFF_BY_ONE -> nodes.stream().anyMatch(Rel.Clocked.class::isInstance);
            case SKIP_TURNED_ROUND -> nodes.stream().anyMatch(Rel.Match.class::isInstance);
            case WAYS_COUNTED_ONCE -> nodes.stream().anyMatch(n -> n instanceof Rel.Reach r && r.length() > 0);
            case FORGOTTEN_TOO_LATE, FORGOTTEN_TOO_SOON -> query.isLimited();
            case FORGOTTEN_IN_SILENCE -> query.isLimited() && query.mode() != QueryCase.Mode.APPEND;
            case NULLS_KEPT_FROM_PROGRAMS -> nodes.stream().anyMatch(n -> n instanceof Rel.Project p
                    && p.expressions().stream().anyMatch(e -> e instanceof Expr.Call call && call.op() == Op.SHOUT));
            case BUFFERS_LOST -> query.triggers().size() > 1 && nodes.stream().anyMatch(n -> n instanceof Aggregate a
                    && a.calls().stream().anyMatch(c -> c.function().compareTo(Rel.Function.SPREAD) >= 0));
            case SKIPPED_RESTORE -> !query.restarts().isEmpty();
            // a result table is state and has what state has: only a consumer sees a trigger twice
            case TRIGGER_RUN_TWICE -> !query.restarts().isEmpty() && query.mode() == QueryCase.Mode.CHANGELOG;
            case MISSING_UPDATE_BEFORE, MISSING_DELETE ->
                    query.mode() == QueryCase.Mode.CHANGELOG && nodes.stream().anyMatch(Aggregate.class::isInstance);
        };
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    @DisplayName("and nothing where none is planted")
    void nothingIsFoundWithoutOne(long seed) throws IOException {
        try (PlanRunner runner = new PlanRunner(CrashProbe.NONE)) {
            QueryCase query = DataGenerator.draw(QueryGenerator.draw(seed, Part.LANDED), seed, 0);
            assertThat(isWrong(runner, Mutant.NONE, query)).isFalse();
        }
    }
}
