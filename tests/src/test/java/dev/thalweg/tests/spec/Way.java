package dev.thalweg.tests.spec;

import dev.thalweg.Dataset;
import dev.thalweg.Row;
import dev.thalweg.ThalwegSession;
import dev.thalweg.execution.progress.QueryProgress.StateOperatorProgress;
import dev.thalweg.streaming.OutputMode;
import dev.thalweg.streaming.StreamingQuery;
import dev.thalweg.streaming.StreamingQueryProgress;
import dev.thalweg.streaming.Trigger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One way to run a [Scenario]: a session of its own, whose clock stands still, so that triggers run when asked for.
final class Way {
    private static final Pattern STREAM = Pattern.compile("CREATE STREAM (\\w+)");

    static final Instant START = Instant.parse("2026-02-01T00:00:00Z");

    private final String name;
    private final boolean restartsAlways;
    private final MovableClock clock = new MovableClock(START);
    private final ThalwegSession session;
    private final String statements;
    private final OutputMode mode;
    private final Function<ThalwegSession, Dataset<Row>> query;
    private final Path checkpoint;
    private final List<String> emitted = new ArrayList<>();
    private List<StateOperatorProgress> operators = List.of();
    private StreamingQuery running;

    Way(String name, int tasks, boolean restartsAlways, String statements, OutputMode mode,
            Function<ThalwegSession, Dataset<Row>> query) {
        this.name = name;
        this.restartsAlways = restartsAlways;
        this.statements = statements;
        this.mode = mode;
        this.query = query;
        this.session = session(tasks, clock);
        if (restartsAlways) { // and finds nothing in memory
            session.conf().set("thalweg.state.cacheBytesMax", "1");
        }
        try {
            this.checkpoint = Files.createTempDirectory("scenario");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Arrays.stream(statements.split(";")).filter(text -> !text.isBlank()).forEach(session::sql);
        this.running = start();
    }

    static ThalwegSession session(int tasks) {
        return session(tasks, new MovableClock(START));
    }

    static ThalwegSession session(int tasks, Clock clock) {
        return ThalwegSession.builder().config("thalweg.sql.session.timeZone", "UTC").config("thalweg.sql.tasks", tasks)
                .config("thalweg.trigger", "1000 days")
                .clock(clock).create();
    }

    private StreamingQuery start() {
        StreamingQuery started = query.apply(session).writeStream().queryName("scenario").outputMode(mode)
                .trigger(Trigger.ProcessingTime("1000 days"))
                .option("checkpointLocation", checkpoint.toString())
                .foreachBatch((rows, number) -> rows.collectAsList().forEach(row -> emitted.add(Texts.of(row))))
                .start();
        started.processAllAvailable(); // the turn that every start takes
        return started;
    }

    String firstStream() {
        Matcher matcher = STREAM.matcher(statements);
        if (!matcher.find()) {
            throw new IllegalArgumentException("no CREATE STREAM in " + statements);
        }
        return matcher.group(1);
    }

    void insert(String stream, String... rows) {
        if (rows.length > 0) {
            session.sql("INSERT INTO " + stream + " VALUES "
                    + Arrays.stream(rows).map(Texts::toSql).collect(Collectors.joining(", ")));
        }
    }

    void clock(Instant now) {
        clock.set(now);
    }

    void run() {
        emitted.clear();
        running.processAllAvailable();
        StreamingQueryProgress progress = running.lastProgress();
        operators = progress == null ? List.of() : progress.detail().stateOperators();
        if (restartsAlways) {
            restart();
        }
    }

    void restart() {
        running.stop();
        running = start();
    }

    List<String> emitted() {
        return emitted;
    }

    long late() {
        return sum(StateOperatorProgress::numRowsDroppedByWatermark);
    }

    long held() {
        return sum(StateOperatorProgress::numRowsTotal);
    }

    private long sum(ToLongFunction<StateOperatorProgress> figure) {
        return operators.stream().mapToLong(figure).sum();
    }

    void close() {
        running.stop();
        session.close();
        try (Stream<Path> files = Files.walk(checkpoint)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
