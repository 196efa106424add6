package dev.thalweg.tests.law;

import dev.thalweg.Dataset;
import dev.thalweg.Row;
import dev.thalweg.RowFactory;
import dev.thalweg.ThalwegSession;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.streaming.StreamingQuery;
import dev.thalweg.streaming.Trigger;
import dev.thalweg.tests.law.QueryCase.Mode;
import dev.thalweg.tests.law.Rel.DropDuplicates;
import dev.thalweg.tests.law.Rel.Stream;
import dev.thalweg.tests.law.Rel.Watermark;
import dev.thalweg.tests.spec.MovableClock;
import dev.thalweg.types.StructType;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Runs a case of the law in the engine, trigger by trigger, and holds what it gives against the interpreter.
///
/// One session serves many cases, so that what it has compiled is compiled once. Its clock moves only with the case, by less than what the
/// queries wait for, so a trigger runs when it is asked for and never between two INSERTs.
final class ThalwegRunner implements AutoCloseable {
    /// How what is wrong begins where the engine threw.
    static final String REFUSES = "the engine refuses: ";
    private static final String RESULT = "result";

    private final MovableClock clock = new MovableClock(DataGenerator.BEGIN);
    private final ThalwegSession session;
    private final Path checkpoints;
    private final Map<String, StructType> schemas = new HashMap<>();
    /// Of the query that was planned last: as a stream, and over all input at once.
    private final Map<Boolean, Dataset<Row>> datasets = new HashMap<>();
    private @Nullable Rel planned;
    private Optional<Beside> beside = Optional.empty();
    private int plans;
    private int runs;

    ThalwegRunner() {
        this.session = ThalwegSession.builder().config("thalweg.sql.session.timeZone", "UTC")
                .config("thalweg.trigger", "1000 days")
                .clock(clock).create();
        Programs.register(session);
        try {
            this.checkpoints = Directories.create("law");
        } catch (IOException e) {
            throw new AssertionError("no place for checkpoints", e);
        }
    }

    /// Runs a case as a stream and says what is wrong, or nothing.
    String check(QueryCase query) {
        runs++;
        try {
            prepare(query);
            String wrong = stream(query);
            return wrong.isEmpty() ? batch(query) : wrong;
        } catch (RuntimeException e) {
            return REFUSES + e + trace(e);
        } finally {
            Arrays.stream(session.streams().active()).forEach(StreamingQuery::stop);
        }
    }

    private static String trace(Throwable e) {
        return Arrays.stream(e.getStackTrace()).limit(6).map(frame -> "\n        at " + frame)
                .collect(Collectors.joining())
                + (e.getCause() == null ? "" : "\n    caused by " + e.getCause() + trace(e.getCause()));
    }

    private void prepare(QueryCase query) {
        session.conf().set("thalweg.sql.tasks", String.valueOf(query.tasks()));
        session.conf().set("thalweg.state.cacheBytesMax", String.valueOf(query.stateCacheBytes()));
        session.conf().set("thalweg.sql.streaming.multipleWatermarkPolicy", query.watermarkPolicy());
        session.sql("DROP MATERIALIZED VIEW IF EXISTS " + RESULT); // the next query of that name may write elsewhere
        session.sql("DROP MATERIALIZED VIEW IF EXISTS " + Beside.RESULT);
        if (!query.query().equals(planned)) {
            planned = query.query();
            plans++;
            datasets.clear();
        }
        for (Schema.Table table : Schema.used(query)) {
            session.sql("DROP STREAM IF EXISTS " + id(table)); // of the same rows, which go with the last of both
            session.sql("DROP " + (table.isStream() ? "STREAM" : "TABLE") + " IF EXISTS " + table.name());
            session.sql(ThalwegSql.createTable(table, declared(query, table)) + " OPTIONS (memoryId '" + id(table)
                    + "')");
            insert(table, query.tables().getOrDefault(table.name(), List.of()));
        }
    }

    /// A query finds its tables under these names, empty, with every input that it is run over.
    private String id(Schema.Table table) {
        return table.name() + "_" + plans;
    }

    /// As the script's INSERT … VALUES does it, less the time it takes to plan a thousand casts.
    private void insert(Schema.Table table, List<List<@Nullable Object>> rows) {
        if (!rows.isEmpty()) {
            StructType schema = schemas.computeIfAbsent(table.name(), name -> session.table(name).schema());
            session.memoryStream(id(table), schema)
                    .addData(rows.stream().map(row -> RowFactory.create(row.toArray())).toList());
        }
    }

    static Optional<Watermark> declared(QueryCase query, Schema.Table table) {
        return query.nodes().stream()
                .filter(node -> node instanceof Watermark(Stream stream, _, _, boolean inDeclaration)
                        && inDeclaration && stream.name().equals(table.name()))
                .map(Watermark.class::cast).findFirst();
    }

    private Dataset<Row> dataset(QueryCase query, boolean isStreaming) {
        return datasets.computeIfAbsent(isStreaming, _ -> plan(query, isStreaming));
    }

    private Dataset<Row> plan(QueryCase query, boolean isStreaming) {
        ThalwegSql sql = ThalwegSql.of(query, isStreaming);
        for (Rel node : query.nodes()) {
            if (node instanceof DropDuplicates drop) {
                String[] keys = drop.keys().stream().map(i -> drop.columns().get(i).name()).toArray(String[]::new);
                Dataset<Row> input = session.sql(sql.query(drop.input()));
                (drop.isWithin() ? input.dropDuplicatesWithinWatermark(keys) : input.dropDuplicates(keys))
                        .createOrReplaceTempView(ThalwegSql.viewName(drop, isStreaming));
            }
        }
        return session.sql(sql.query(query.query()));
    }

    private String stream(QueryCase query) {
        LatenessModel lateness = LatenessModel.of(query);
        Path checkpoint = checkpoints.resolve(String.valueOf(runs));
        String misnamed = misnamed(query, dataset(query, true));
        if (!misnamed.isEmpty()) {
            return misnamed;
        }
        Emitted emitted = new Emitted(query.mode());
        clock.set(query.clock(0));
        beside = Beside.of(query);
        StreamingQuery running = begin(query, checkpoint, emitted);
        Dataset<Row> result = emitted.isUsed() ? dataset(query, true) : session.table(RESULT);
        long lateBefore = 0;
        for (int trigger = 0; trigger < query.triggers().size(); trigger++) {
            for (Schema.Table table : Schema.used(query)) {
                insert(table, query.triggers().get(trigger).of(table.name()));
            }
            clock.set(query.clock(trigger));
            running.processAllAvailable();
            Interpreter.Answer expected = Interpreter.after(query, trigger, lateness);
            String wrong = emitted.isUsed()
                    ? RowBag.difference(expected.rows(), emitted.integrated())
                    : RowBag.difference(expected.rows(), rows(result));
            if (trigger == 0 && wrong.isEmpty()) {
                wrong = misnamed(query, result);
            }
            if (wrong.isEmpty() && beside.isPresent()) {
                wrong = beside.get().wrong(trigger, session);
            }
            long late = lateBefore + late(running);
            boolean isCounted = beside.isEmpty() ? late == expected.late() : late >= expected.late();
            if (wrong.isEmpty() && !isCounted) {
                wrong = "late rows: expected " + expected.late() + ", the engine counts " + late;
            }
            if (!wrong.isEmpty()) {
                return "after trigger " + trigger + ": " + wrong;
            }
            if (query.restarts().contains(trigger)) {
                lateBefore = late;
                running.stop();
                if (query.seed() % 4 == 0) {
                    datasets.clear(); // as another process would, which plans the query anew
                }
                running = start(query, checkpoint, emitted);
            }
        }
        running.stop();
        Directories.delete(checkpoint);
        return "";
    }

    /// Alone where the query cannot be in the mode of the second result.
    private StreamingQuery begin(QueryCase query, Path checkpoint, Emitted emitted) {
        try {
            return start(query, checkpoint, emitted);
        } catch (InvalidQuery e) {
            if (!String.valueOf(e.getMessage()).startsWith("In result 2 of 2 (")) {
                throw e;
            }
            beside = Optional.empty();
            return start(query, checkpoint, emitted);
        }
    }

    /// Changelogs go to a function; of the others every second, and the rest into a result table.
    private StreamingQuery start(QueryCase query, Path checkpoint, Emitted emitted) {
        var writer = dataset(query, true).writeStream().queryName(RESULT)
                .outputMode(query.mode().name().toLowerCase(Locale.ROOT))
                .option("checkpointLocation", checkpoint.toString()).trigger(Trigger.ProcessingTime("1000 days"));
        OptionalLong lives = Lifetimes.option(query);
        if (lives.isPresent()) {
            writer = writer.option("stateTtl", lives.getAsLong() / 1_000 + " milliseconds");
        }
        if (query.mode() == Mode.CHANGELOG || (query.mode() == Mode.APPEND && query.seed() % 2 == 0)) {
            emitted.use();
            writer = writer.foreachBatch((rows, number) -> emitted.take(rows(rows)));
        } else {
            writer = writer.format("memory");
        }
        var first = writer;
        StreamingQuery started = beside.map(second -> session.multi(RESULT, first, second.writer(dataset(query, true))))
                .orElseGet(first::start);
        started.processAllAvailable(); // the turn that every start takes is over; nothing was new
        return started;
    }

    private static long late(StreamingQuery query) {
        return Arrays.stream(query.recentProgress()).flatMap(progress -> progress.detail().stateOperators().stream())
                .mapToLong(operator -> operator.numRowsDroppedByWatermark()).sum();
    }

    private String batch(QueryCase query) {
        Dataset<Row> dataset = dataset(query, false);
        String wrong = misnamed(query, dataset);
        wrong = wrong.isEmpty() ? RowBag.difference(Interpreter.batch(query), rows(dataset)) : wrong;
        return wrong.isEmpty() ? "" : "as a batch query: " + wrong;
    }

    /// The columns of a result have the names that its query gives them.
    private static String misnamed(QueryCase query, Dataset<Row> result) {
        List<String> expected = SqlWriter.names(query.query().columns());
        List<String> actual = List.of(result.columns());
        return actual.equals(expected) ? "" : "columns: expected " + expected + ", the result has " + actual;
    }

    static List<List<@Nullable Object>> rows(Dataset<Row> dataset) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Row row : dataset.collectAsList()) {
            rows.add(values(row));
        }
        return rows;
    }

    private static List<@Nullable Object> values(Row row) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            values.add(value(row.get(i)));
        }
        return values;
    }

    private static @Nullable Object value(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Timestamp time -> time.toInstant();
            case Date date -> date.toLocalDate();
            case Row struct -> values(struct);
            default -> value;
        };
    }

    @Override
    public void close() {
        session.close();
        Directories.delete(checkpoints);
    }
}
