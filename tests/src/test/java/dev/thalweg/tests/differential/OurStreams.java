package dev.thalweg.tests.differential;

import dev.thalweg.Row;
import dev.thalweg.ThalwegSession;
import dev.thalweg.streaming.StreamingQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What we make of the streaming queries that Spark was asked.
final class OurStreams implements AutoCloseable {
    private final ThalwegSession session;
    private final StreamCases cases;
    private final Path checkpoints;

    OurStreams(StreamCases cases) {
        this.cases = cases;
        this.session = ThalwegSession.builder().config("thalweg.sql.session.timeZone", "UTC")
                .config("thalweg.trigger", "1 hour").create();
        try {
            this.checkpoints = Files.createTempDirectory("spark-streams");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The lines of an answer, as in `streams.txt`.
    List<String> to(StreamCases.Case asked) {
        tables();
        StreamCases.STREAMS.keySet().forEach(stream -> session
                .sql("CREATE OR REPLACE TEMPORARY VIEW " + stream + " AS SELECT * FROM STREAM s_" + stream));
        List<List<String>> triggers = new ArrayList<>();
        List<String> now = new ArrayList<>();
        StreamingQuery query = session.sql(asked.query()).writeStream().outputMode(asked.mode())
                .option("checkpointLocation", checkpoints.resolve(String.valueOf(asked.hashCode())).toString())
                .foreachBatch((rows, number) -> {
                    if (asked.mode().equals("complete")) {
                        now.clear();
                    }
                    rows.collectAsList().forEach(row -> now.add(text(row)));
                }).start();
        try {
            for (int trigger = 0; trigger < cases.triggers(); trigger++) {
                insert(trigger);
                query.processAllAvailable();
                triggers.add(List.copyOf(now));
                if (!asked.mode().equals("complete")) {
                    now.clear();
                }
            }
        } finally {
            query.stop();
        }
        return StreamCases.answer(triggers);
    }

    /// The rows that a batch query over all of the input gives, sorted.
    List<String> batch(StreamCases.Case asked) {
        tables();
        StreamCases.STREAMS.keySet().forEach(stream -> session
                .sql("CREATE OR REPLACE TEMPORARY VIEW " + stream + " AS SELECT * FROM s_" + stream));
        for (int trigger = 0; trigger < cases.triggers(); trigger++) {
            insert(trigger);
        }
        return session.sql(asked.query()).collectAsList().stream().map(OurStreams::text).sorted().toList();
    }

    private void tables() {
        session.sql("DROP TABLE IF EXISTS " + StreamCases.PAGES);
        session.sql("CREATE TABLE " + StreamCases.PAGES + " (" + StreamCases.PAGES_COLUMNS + ") USING memory");
        session.sql("INSERT INTO " + StreamCases.PAGES + " VALUES " + cases.rows(StreamCases.PAGES).getFirst());
        StreamCases.STREAMS.forEach((stream, delay) -> {
            session.sql("DROP STREAM IF EXISTS s_" + stream);
            session.sql("CREATE STREAM s_" + stream + " (" + StreamCases.COLUMNS
                    + (delay < 0 ? "" : ", WATERMARK FOR ts AS ts - INTERVAL " + delay + " SECONDS")
                    + ") USING memory");
        });
    }

    private void insert(int trigger) {
        for (String stream : StreamCases.STREAMS.keySet()) {
            if (trigger < cases.rows(stream).size()) {
                session.sql("INSERT INTO s_" + stream + " VALUES " + cases.rows(stream).get(trigger));
            }
        }
    }

    private static String text(Row row) {
        return IntStream.range(0, row.size()).mapToObj(i -> text(row.get(i))).collect(Collectors.joining(", "));
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "NULL";
            case Timestamp time -> time.toInstant().toString();
            case Date date -> date.toLocalDate().toString();
            case BigDecimal number -> number.toPlainString();
            case List<?> list ->
                    list.stream().map(OurStreams::text).sorted().collect(Collectors.joining(", ", "[", "]"));
            case Row struct -> "{" + text(struct) + "}";
            default -> value.toString();
        };
    }

    @Override
    public void close() {
        session.close();
    }
}
