package dev.thalweg.tests.law;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.tests.law.QueryCase.Mode;
import dev.thalweg.tests.law.QueryCase.Trigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The model of lateness")
final class LatenessModelTest {
    /// A seed with which a union has the least watermark of its inputs.
    private static final long LEAST = 1;
    private static final long SECOND = 1_000_000;
    private static final Rel.Stream EVENTS = new Rel.Stream("s0", Schema.table("s0").columns());
    private static final int TIME = EVENTS.columns().size() - 1;
    private static final Rel TIMED = new Rel.Watermark(EVENTS, TIME, 10 * SECOND, true);

    @Test
    @DisplayName("refuses a row only for the windows that the trigger before had closed, and counts it once")
    void judgesEachWindowByTheTriggerBefore() {
        QueryCase query = query(Mode.UPDATE, windows(10, 5),
                List.of(at("01:00:30"), at("01:00:14", "01:00:10", "01:00:09")));
        // W is 01:00:20: the windows of :14 end at :20 (late) and :15 (late), those of :10 at :20 and :15, of :09 at :15 and :10.
        assertThat(after(query, 0).late()).isZero();
        assertThat(after(query, 1).late()).isEqualTo(3);
        assertThat(after(query, 1).rows()).hasSize(2);
    }

    @Test
    @DisplayName("keeps the open windows of a row that others refuse")
    void keepsOpenWindows() {
        QueryCase query = query(Mode.UPDATE, windows(10, 5), List.of(at("01:00:30"), at("01:00:15")));
        assertThat(after(query, 1).late()).as("its window up to :20 is closed").isEqualTo(1);
        assertThat(after(query, 1).rows()).as("its window up to :25 counts").hasSize(3);
    }

    @Test
    @DisplayName("closes a window in the trigger that moves the watermark to its end")
    void closesWindows() {
        QueryCase query = query(Mode.APPEND, windows(10, 10), List.of(at("01:00:05"), at("01:00:19"), at("01:00:20")));
        assertThat(after(query, 1).rows()).isEmpty();
        assertThat(after(query, 2).rows()).hasSize(1);
        assertThat(after(query, 2).late()).isZero();
    }

    @Test
    @DisplayName("finds nothing late in complete mode")
    void completeModeForgives() {
        QueryCase query = query(Mode.COMPLETE, windows(10, 10), List.of(at("01:00:30"), at("01:00:05")));
        assertThat(after(query, 1).late()).isZero();
        assertThat(after(query, 1).rows()).hasSize(2);
    }

    @Test
    @DisplayName("takes the least watermark of a union: none while one side has had no row")
    void unionTakesTheLeast() {
        Rel other = new Rel.Watermark(new Rel.Stream("s1", Schema.table("s1").columns()), TIME, 0, true);
        QueryCase query = query(Mode.UPDATE, new Rel.Distinct(new Rel.Union(TIMED, other)),
                List.of(at("01:00:30"), at("01:00:05")));
        assertThat(after(query, 1).late()).isZero();
        QueryCase single = query(Mode.UPDATE, new Rel.Distinct(TIMED),
                List.of(at("01:00:30"), at("01:00:05", "01:00:20", "01:00:21")));
        assertThat(after(single, 1).late()).as("a bare event time is late at W").isEqualTo(2);
    }

    private static Interpreter.Answer after(QueryCase query, int trigger) {
        return Interpreter.after(query, trigger, LatenessModel.of(query));
    }

    private static QueryCase query(Mode mode, Rel rel, List<Trigger> triggers) {
        return new QueryCase(rel, mode, Map.of(), triggers, Set.of(), 1, LEAST);
    }

    private static Rel windows(int size, int slide) {
        Rel.AggregateCall count = new Rel.AggregateCall(Rel.Function.COUNT_ROWS, Optional.empty(), false,
                Optional.empty(), "n", Type.BIGINT);
        return new Rel.Aggregate(TIMED, Optional.of(new Rel.Window(TIME, size * SECOND, slide * SECOND, "w0", "w1")),
                List.of(),
                List.of(), Rel.Grouping.PLAIN, List.of(List.of()), List.of(count), Optional.empty());
    }

    private static Trigger at(String... times) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (String time : times) {
            List<@Nullable Object> row = new ArrayList<>(Collections.nCopies(TIME, null));
            row.add(Instant.parse("2026-01-01T" + time + "Z"));
            rows.add(row);
        }
        return new Trigger(Map.of("s0", rows));
    }
}
