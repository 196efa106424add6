package dev.thalweg.tests.differential;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkThrowable;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.jspecify.annotations.Nullable;

/// Asks Spark what each query of `src/test/resources/spark/streams.txt` gives, trigger by trigger, and writes its answers
/// into the file.
///
/// What a trigger brings is appended as one Parquet file a stream; then Spark runs until it has nothing left to do, which
/// for a watermark that has moved is a second turn without rows.
final class RecordSparkStreams {
    private final SparkSession spark;
    private final StreamCases cases;

    private RecordSparkStreams(SparkSession spark, StreamCases cases) {
        this.spark = spark;
        this.cases = cases;
    }

    /// @param file of the queries, which gets the answers
    static void record(SparkSession spark, Path file) throws IOException {
        spark.conf().set("spark.sql.session.timeZone", "UTC");
        spark.conf().set("spark.sql.optimizer.excludedRules", "");
        StreamCases cases = StreamCases.read(file);
        List<String> lines = new ArrayList<>(
                StreamCases.lines(file).stream().takeWhile(line -> line.startsWith("#")).toList());
        for (StreamCases.Case query : cases.cases()) {
            lines.add("");
            lines.add(query.line());
            lines.addAll(new RecordSparkStreams(spark, cases).ask(query));
        }
        Files.write(file, lines, StandardCharsets.UTF_8);
    }

    private List<String> ask(StreamCases.Case asked) throws IOException {
        Path folder = Files.createTempDirectory("streams");
        try {
            rows(StreamCases.PAGES, StreamCases.PAGES_COLUMNS, 0).createOrReplaceTempView(StreamCases.PAGES);
            for (Map.Entry<String, Integer> stream : StreamCases.STREAMS.entrySet()) {
                String path = Files.createDirectories(folder.resolve(stream.getKey())).toString();
                Dataset<Row> rows = spark.readStream().schema(StreamCases.COLUMNS).parquet(path);
                int delay = stream.getValue();
                (delay < 0 ? rows : rows.withWatermark("ts", delay + " seconds"))
                        .createOrReplaceTempView(stream.getKey());
            }
            return run(asked, folder);
        } catch (Exception refused) { // what Spark does not do is an answer, too
            return List.of(StreamCases.ANSWER + "ERROR " + condition(refused));
        }
    }

    private List<String> run(StreamCases.Case asked, Path folder) throws Exception {
        List<List<String>> triggers = new ArrayList<>();
        List<String> now = new ArrayList<>();
        VoidFunction2<Dataset<Row>, Long> take = (batch, number) -> {
            if (asked.mode().equals("complete")) {
                now.clear();
            }
            batch.collectAsList().forEach(row -> now.add(text(row)));
        };
        StreamingQuery query = spark.sql(asked.query()).writeStream().outputMode(asked.mode())
                .option("checkpointLocation", folder.resolve("checkpoint").toString()).foreachBatch(take).start();
        try {
            for (int trigger = 0; trigger < cases.triggers(); trigger++) {
                for (String stream : StreamCases.STREAMS.keySet()) {
                    if (trigger < cases.rows(stream).size()) {
                        rows(stream, StreamCases.COLUMNS, trigger).coalesce(1).write().mode("append")
                                .parquet(folder.resolve(stream).toString());
                    }
                }
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

    private Dataset<Row> rows(String table, String columns, int trigger) {
        String casts = List.of(columns.split(", ")).stream().map(column -> column.split(" "))
                .map(column -> "CAST(" + column[0] + " AS " + column[1] + ") AS " + column[0])
                .collect(Collectors.joining(", "));
        String names = List.of(columns.split(", ")).stream().map(column -> column.split(" ")[0])
                .collect(Collectors.joining(", "));
        return spark.sql("SELECT " + casts + " FROM VALUES " + cases.rows(table).get(trigger) + " AS t(" + names + ")");
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
            case scala.collection.Seq<?> list -> IntStream.range(0, list.size())
                    .mapToObj(i -> text(list.apply(i))).sorted().collect(Collectors.joining(", ", "[", "]"));
            case Row struct -> "{" + text(struct) + "}";
            default -> value.toString();
        };
    }

    /// The innermost error condition that Spark names, else the innermost class.
    private static String condition(Throwable failure) {
        String condition = failure.getClass().getSimpleName();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SparkThrowable named && named.getCondition() != null) {
                condition = named.getCondition();
            }
        }
        return condition;
    }
}
