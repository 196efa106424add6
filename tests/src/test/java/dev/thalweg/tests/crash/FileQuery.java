package dev.thalweg.tests.crash;

import dev.thalweg.ThalwegSession;
import dev.thalweg.state.log.DurableStep;
import dev.thalweg.streaming.StreamingQuery;
import dev.thalweg.streaming.StreamingQueryException;
import dev.thalweg.streaming.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/// A query over files that a recovery spec stops, spoils and starts again. Each start is a session of its own, as it would be
/// a process of its own.
final class FileQuery {
    static final String SUMS = "SELECT window.start AS start, user, sum(n) AS total FROM STREAM clicks"
            + " GROUP BY window(ts, INTERVAL '10' SECOND), user";
    static final String PLAIN = "SELECT user, n FROM STREAM clicks";

    final Path directory;
    private final String moreOptions;

    /// @param moreOptions of the stream, each after a comma
    FileQuery(Path directory, String moreOptions) throws IOException {
        this.directory = directory;
        this.moreOptions = moreOptions;
        Files.createDirectories(directory.resolve("in"));
    }

    /// Adds an input file: one click a user, at the second `10 * number`.
    Path file(int number) throws IOException {
        Path file = directory.resolve("in").resolve("clicks-%03d.json".formatted(number));
        String time = java.time.Instant.ofEpochSecond(1_700_000_000L + 10L * number).toString();
        return Files.writeString(file, """
                {"user":"ann","ts":"%s","n":%d}
                {"user":"bob","ts":"%s","n":1}
                """.formatted(time, number, time));
    }

    Path checkpoint() {
        return directory.resolve("checkpoint");
    }

    ThalwegSession session(DurableStep.Listener steps, int tasks) {
        ThalwegSession session = ThalwegSession.builder().config("thalweg.sql.tasks", tasks).durableSteps(steps)
                .create();
        session.sql("""
                CREATE STREAM clicks (user STRING, ts TIMESTAMP, n BIGINT, WATERMARK FOR ts AS ts - INTERVAL '0' SECOND)
                USING json OPTIONS (path '%s', fileOrder 'name', maxFilesPerTrigger 1%s)"""
                .formatted(directory.resolve("in"), moreOptions));
        return session;
    }

    /// Goes on to the end of what there is, and stops.
    void run(String sql) throws StreamingQueryException {
        run(sql, DurableStep.Listener.NONE, 2);
    }

    void run(String sql, DurableStep.Listener steps, int tasks) throws StreamingQueryException {
        try (ThalwegSession session = session(steps, tasks)) {
            start(session, sql).awaitTermination();
        }
    }

    StreamingQuery start(ThalwegSession session, String sql) {
        return session.sql(sql).writeStream().format("csv").option("path", directory.resolve("out").toString())
                .option("checkpointLocation", checkpoint().toString()).trigger(Trigger.AvailableNow()).start();
    }

    /// The rows of all visible files, sorted; those of windows without their start.
    List<String> rows() throws IOException {
        TreeSet<String> rows = new TreeSet<>();
        try (Stream<Path> files = Files.list(directory.resolve("out"))) {
            for (Path file : files.filter(file -> !String.valueOf(file.getFileName()).startsWith("_")).toList()) {
                for (String row : Files.readAllLines(file)) {
                    rows.add(row.replaceFirst("^\\d{4}-[^,]*,", ""));
                }
            }
        }
        return List.copyOf(rows);
    }
}
