package dev.thalweg.tests.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.Dataset;
import dev.thalweg.Row;
import dev.thalweg.ThalwegSession;
import dev.thalweg.streaming.OutputMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// A query and what arrives, step by step, with what is expected after each.
///
/// Every step is taken in several ways at once, and all must give the same: as written; stopped and started again after
/// every trigger; and by four tasks.
final class Scenario implements AutoCloseable {
    private final List<Way> ways;
    private final List<String> steps = new ArrayList<>();

    private Scenario(List<Way> ways) {
        this.ways = ways;
    }

    /// The tables and streams, as statements that a `;` ends.
    static Given given(String statements) {
        return new Given(statements);
    }

    record Given(String statements) {
        Scenario query(OutputMode mode, String sql) {
            return query(mode, session -> session.sql(sql));
        }

        /// A query that SQL has no word for.
        Scenario query(OutputMode mode, Function<ThalwegSession, Dataset<Row>> query) {
            return new Scenario(List.of(new Way("as written", 2, false, statements, mode, query),
                    new Way("restarted after every trigger, state on disk", 2, true, statements, mode, query),
                    new Way("by four tasks", 4, false, statements, mode, query)));
        }
    }

    /// Rows of the first stream, then a trigger. `12:00:05` is a time on the first day of 2026.
    Scenario trigger(String... rows) {
        return into(ways.getFirst().firstStream(), rows).run();
    }

    /// Rows that wait for the next [#run].
    Scenario into(String stream, String... rows) {
        steps.add("into " + stream + ": " + Arrays.toString(rows));
        ways.forEach(way -> way.insert(stream, rows));
        return this;
    }

    /// Sets the clock that the next triggers see, a time on the first day of 2026 as in rows; a scenario begins a month later,
    /// so where a first trigger has seen that, the day is written too: 2026-03-01T12:00.
    Scenario clock(String time) {
        steps.add("clock " + time);
        LocalDateTime at = time.contains("T")
                ? LocalDateTime.parse(time)
                : LocalTime.parse(time).atDate(LocalDate.parse("2026-01-01"));
        ways.forEach(way -> way.clock(at.toInstant(ZoneOffset.UTC)));
        return this;
    }

    Scenario run() {
        ways.forEach(Way::run);
        return this;
    }

    /// What the last trigger handed to the sink, in any order.
    Scenario emits(String... rows) {
        ways.forEach(way -> assertThat(way.emitted()).as(story(way)).containsExactlyInAnyOrder(rows));
        return this;
    }

    Scenario emitsNothing() {
        return emits();
    }

    /// How many late rows the last trigger had.
    Scenario drops(long rows) {
        ways.forEach(way -> assertThat(way.late()).as("late rows, " + story(way)).isEqualTo(rows));
        return this;
    }

    /// How many entries the operators keep.
    Scenario holds(long entries) {
        ways.forEach(way -> assertThat(way.held()).as("state entries, " + story(way)).isEqualTo(entries));
        return this;
    }

    Scenario restart() {
        steps.add("restart");
        ways.forEach(Way::restart);
        return this;
    }

    private String story(Way way) {
        return way + ":\n  " + String.join("\n  ", steps) + "\n> here";
    }

    @Override
    public void close() {
        ways.forEach(Way::close);
    }
}
