package dev.thalweg.tests.differential;

import dev.thalweg.Dataset;
import dev.thalweg.Row;
import dev.thalweg.ThalwegSession;
import dev.thalweg.spi.error.ThalwegException;
import dev.thalweg.streaming.StreamingQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What we make of the streaming queries that Spark was asked.
final class OurStreams implements AutoCloseable {
    private final ThalwegSession session;
    private final StreamCases cases;
    private final Path checkpoints;
    private int started;

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

    /// The answers of queries that run beside each other, as in `streams.txt`, in the order of the queries.
    List<List<String>> to(List<StreamCases.Case> asked) {
        tables();
        List<Run> runs = asked.stream().map(this::start).toList();
        try {
            for (int trigger = 0; trigger < cases.triggers(); trigger++) {
                insert(trigger);
                runs.forEach(Run::settle);
            }
        } finally {
            runs.forEach(Run::stop);
        }
        return runs.stream().map(Run::answer).toList();
    }

    private Run start(StreamCases.Case asked) {
        Run run = new Run(asked);
        session.conf().set("thalweg.sql.streaming.multipleWatermarkPolicy", asked.watermarkPolicy());
        try {
            run.query = Optional.of(dataset(asked).writeStream().outputMode(asked.mode())
                    .option("checkpointLocation", checkpoints.resolve(String.valueOf(started++)).toString())
                    .foreachBatch((rows, number) -> run.take(rows)).start());
        } catch (ThalwegException refused) {
            run.refused = Optional.of(refused);
        }
        return run;
    }

    /// One query and what came out of it.
    private static final class Run {
        private final StreamCases.Case asked;
        private final List<List<String>> triggers = new ArrayList<>();
        private final List<String> now = new ArrayList<>();
        private Optional<StreamingQuery> query = Optional.empty();
        private Optional<ThalwegException> refused = Optional.empty();

        Run(StreamCases.Case asked) {
            this.asked = asked;
        }

        void take(Dataset<Row> rows) {
            if (asked.mode().equals("complete")) {
                now.clear();
            }
            rows.collectAsList().forEach(row -> now.add(text(row)));
        }

        /// Waits for what the rows of a trigger bring.
        void settle() {
            if (refused.isPresent()) {
                return;
            }
            try {
                query.orElseThrow().processAllAvailable();
            } catch (ThalwegException failed) {
                refused = Optional.of(failed);
            }
            triggers.add(List.copyOf(now));
            if (!asked.mode().equals("complete")) {
                now.clear();
            }
        }

        void stop() {
            query.ifPresent(StreamingQuery::stop);
        }

        List<String> answer() {
            return refused.map(error -> List.of(StreamCases.ERROR + error.code()))
                    .orElseGet(() -> StreamCases.answer(asked, triggers));
        }
    }

    private Dataset<Row> dataset(StreamCases.Case asked) {
        Dataset<Row> dataset = session.sql(asked.sql());
        for (StreamCases.Call call : asked.calls()) {
            String[] arguments = call.arguments().toArray(String[]::new);
            dataset = switch (call.name()) {
                case WITH_WATERMARK -> dataset.withWatermark(arguments[0], arguments[1]);
                case DROP_DUPLICATES -> dataset.dropDuplicates(arguments);
                case DROP_DUPLICATES_WITHIN_WATERMARK -> dataset.dropDuplicatesWithinWatermark(arguments);
                case LIMIT -> dataset.limit(Integer.parseInt(arguments[0]));
                case GROUP_COUNT -> dataset.groupBy(arguments[0]).count();
            };
        }
        return dataset;
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
            session.sql("CREATE OR REPLACE TEMPORARY VIEW " + stream + " AS SELECT * FROM STREAM s_" + stream);
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
            case Map<?, ?> map ->
                    map.entrySet().stream().map(entry -> text(entry.getKey()) + " -> " + text(entry.getValue()))
                            .sorted().collect(Collectors.joining(", ", "{", "}"));
            case byte[] bytes -> "X'" + HexFormat.of().withUpperCase().formatHex(bytes) + "'";
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
