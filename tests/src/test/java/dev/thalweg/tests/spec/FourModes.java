package dev.thalweg.tests.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.ThalwegSession;
import dev.thalweg.streaming.StreamingQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// One query with a result of each output mode, over one stream `clicks` of memory, whose watermark is ten seconds behind.
///
/// After each trigger every result must be what the batch query gives over the rows so far, in its own mode: `latest` (update) and
/// `whole` (complete) are memory tables, `finals` (append) are files that have each row once when it is closed, `changes` (changelog)
/// are files whose changes add up to the result.
final class FourModes implements AutoCloseable {
    private static final long DELAY_SECONDS = 10;
    private static final LocalDateTime DAY = LocalDateTime.parse("2026-01-01T00:00:00");

    private final List<Result> results;
    private final ThalwegSession session;
    private final boolean restartsAlways;
    private final Path directory;
    private final List<String> story = new ArrayList<>();
    private long watermark = Long.MIN_VALUE;
    private long greatest = Long.MIN_VALUE;

    /// One result.
    ///
    /// @param table it goes to: the output mode is that of the table
    /// @param sql its query, with `CLICKS` and an alias where the stream stands
    /// @param lateness which rows of the stream it never counts
    /// @param closed in append mode, which rows of the batch answer are final, with `WATERMARK` for that after the trigger
    record Result(String table, String sql, Lateness lateness, String closed) {
        Result(String table, String sql, Lateness lateness) {
            this(table, sql, lateness, "true");
        }

        String insert() {
            return "INSERT INTO " + table + " " + sql.replace("CLICKS", "STREAM clicks") + ";\n";
        }
    }

    /// When a row is late.
    enum Lateness {
        NEVER("true"), TIME("NOT late_time"), MINUTE("NOT late_minute");

        private final String counts;

        Lateness(String counts) {
            this.counts = counts;
        }
    }

    FourModes(int tasks, boolean restartsAlways, List<Result> results) {
        this.results = List.copyOf(results);
        this.restartsAlways = restartsAlways;
        this.session = Way.session(tasks);
        if (restartsAlways) {
            session.conf().set("thalweg.state.cacheBytesMax", "1");
        }
        try {
            this.directory = Files.createTempDirectory("modes");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        session.sql("CREATE STREAM clicks (url STRING, n INT, ts TIMESTAMP, late_time BOOLEAN, late_minute BOOLEAN,"
                + " WATERMARK FOR ts AS ts - INTERVAL '10' SECOND) USING memory");
        session.sql("CREATE TABLE finals USING json OPTIONS (path '" + directory.resolve("finals") + "')");
        session.sql("CREATE TABLE changes USING json OPTIONS (path '" + directory.resolve("changes")
                + "', outputMode 'changelog')");
        start();
    }

    private void start() {
        session.sql("DROP MATERIALIZED VIEW IF EXISTS latest");
        session.sql("DROP MATERIALIZED VIEW IF EXISTS whole");
        session.sql("CREATE TABLE latest USING memory OPTIONS (outputMode 'update')");
        session.sql("CREATE TABLE whole USING memory OPTIONS (outputMode 'complete')");
        StringBuilder block = new StringBuilder("BEGIN QUERY modes OPTIONS (checkpointLocation '"
                + directory.resolve("checkpoint") + "')\n");
        results.forEach(result -> block.append(result.insert()));
        session.sql(block.append("END").toString());
    }

    private StreamingQuery query() {
        return session.streams().active()[0];
    }

    /// Rows `url, n, second of the day`, then a trigger, after which the law is checked.
    void trigger(List<String> rows) {
        story.add(rows.toString());
        List<String> values = new ArrayList<>();
        for (String row : rows) {
            String[] parts = row.split(", ", -1);
            long second = Long.parseLong(parts[2]);
            values.add("(" + (parts[0].equals("NULL") ? "NULL" : "'" + parts[0] + "'") + ", " + parts[1]
                    + ", TIMESTAMP '"
                    + time(second) + "', " + (second <= watermark) + ", " + (second / 60 * 60 + 60 <= watermark) + ")");
            greatest = Math.max(greatest, second);
        }
        if (!values.isEmpty()) {
            session.sql("INSERT INTO clicks VALUES " + String.join(", ", values));
        }
        query().processAllAvailable();
        watermark = Math.max(watermark, greatest == Long.MIN_VALUE ? greatest : greatest - DELAY_SECONDS);
        if (restartsAlways) {
            restart();
        }
        results.forEach(this::check);
    }

    void restart() {
        query().stop();
        start();
        query().processAllAvailable();
    }

    private static String time(long second) {
        return LocalDateTime.ofEpochSecond(DAY.toEpochSecond(ZoneOffset.UTC) + second, 0, ZoneOffset.UTC).toString()
                .replace('T', ' ');
    }

    private void check(Result result) {
        String batch = result.sql().replace("CLICKS",
                "(SELECT * FROM clicks WHERE " + result.lateness().counts + ")");
        String owed = result.table().equals("finals")
                ? "SELECT * FROM (" + batch + ") WHERE " + result.closed().replace("WATERMARK", "TIMESTAMP '"
                        + (watermark == Long.MIN_VALUE ? "0001-01-01" : time(watermark)) + "'")
                : batch;
        List<String> found = result.table().equals("changes") ? addedUp() : rows("SELECT * FROM " + result.table());
        assertThat(found).as("%s after %s", result, String.join("\n", story))
                .containsExactlyInAnyOrderElementsOf(rows(owed));
    }

    private List<String> rows(String sql) {
        return session.sql(sql).collectAsList().stream().map(Texts::of).toList();
    }

    private List<String> addedUp() {
        List<String> rows = new ArrayList<>();
        List<String> gone = new ArrayList<>();
        for (String change : rows("SELECT * FROM changes")) {
            int last = change.lastIndexOf(", ");
            (change.charAt(last + 2) == '+' ? rows : gone).add(change.substring(0, last));
        }
        gone.forEach(row -> assertThat(rows.remove(row)).as("taken back: %s", row).isTrue());
        return rows;
    }

    @Override
    public void close() {
        session.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
