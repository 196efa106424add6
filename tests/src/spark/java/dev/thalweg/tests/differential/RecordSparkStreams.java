package dev.thalweg.tests.differential;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkThrowable;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.runtime.MemoryStream;
import org.apache.spark.sql.execution.streaming.runtime.MemoryStream$;
import org.apache.spark.sql.execution.streaming.runtime.StreamingQueryWrapper;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/// Asks Spark what each query of `src/test/resources/spark/streams.txt` gives, trigger by trigger, and writes its answers
/// into the file.
///
/// What a trigger brings goes into memory streams while the query is held, so that it takes all of it at once; then Spark
/// runs until it has nothing left to do, which for a watermark that has moved is a second turn without rows.
final class RecordSparkStreams {
    private static final StructType COLUMNS = StructType.fromDDL(StreamCases.COLUMNS);
    private static final String POLICY = "spark.sql.streaming.multipleWatermarkPolicy";

    /// Cases at a time; each has a session of its own.
    private static final int BESIDE_EACH_OTHER = 16;

    private final SparkSession spark;
    private final StreamCases cases;
    /// By stream, for each trigger the rows.
    private final Map<String, List<List<Row>>> arriving = new HashMap<>();

    private RecordSparkStreams(SparkSession spark, StreamCases cases) {
        this.spark = spark;
        this.cases = cases;
        StreamCases.STREAMS.keySet().forEach(stream -> arriving.put(stream, IntStream
                .range(0, cases.rows(stream).size())
                .mapToObj(trigger -> rows(spark, stream, StreamCases.COLUMNS, trigger).collectAsList()).toList()));
    }

    /// @param file of the queries, which gets the answers
    static void record(SparkSession spark, Path file) throws IOException {
        StreamCases cases = StreamCases.read(file);
        RecordSparkStreams recorder = new RecordSparkStreams(spark.newSession(), cases);
        Map<String, List<String>> answers = new ConcurrentHashMap<>();
        try (ExecutorService asking = Executors.newFixedThreadPool(BESIDE_EACH_OTHER)) {
            for (StreamCases.Case asked : cases.cases()) {
                if (RecordSparkAnswers.ONLY_NEW && !asked.answer().isEmpty()) {
                    answers.put(asked.line(), asked.answer());
                } else {
                    asking.submit(() -> answers.put(asked.line(), recorder.ask(asked)));
                }
            }
            while (!asking.isTerminated()) { // written as they come: it may be ended and go on where it was
                asking.shutdown();
                asking.awaitTermination(20, TimeUnit.SECONDS);
                write(file, answers);
            }
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }

    private static void write(Path file, Map<String, List<String>> answers) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : StreamCases.lines(file)) {
            if (!line.startsWith(StreamCases.ANSWER)) {
                lines.add(line);
                lines.addAll(answers.getOrDefault(line, List.of()));
            }
        }
        Files.write(file, lines, StandardCharsets.UTF_8);
    }

    private List<String> ask(StreamCases.Case asked) {
        SparkSession session = spark.newSession();
        session.conf().set("spark.sql.codegen.wholeStage", "false"); // to compile costs more than to run so few rows
        session.conf().set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
        session.conf().set("spark.sql.adaptive.enabled", "false");
        session.conf().set(POLICY, asked.watermarkPolicy());
        rows(session, StreamCases.PAGES, StreamCases.PAGES_COLUMNS, 0).createOrReplaceTempView(StreamCases.PAGES);
        Map<String, MemoryStream<Row>> streams = new HashMap<>();
        StreamCases.STREAMS.forEach((name, delay) -> {
            MemoryStream<Row> stream = MemoryStream$.MODULE$.apply(Encoders.row(COLUMNS), session);
            streams.put(name, stream);
            (delay < 0 ? stream.toDF() : stream.toDF().withWatermark("ts", delay + " seconds"))
                    .createOrReplaceTempView(name);
        });
        try {
            return run(asked, session, streams);
        } catch (Throwable refused) { // what Spark does not do is an answer, too; some of its errors are Errors
            return List.of(StreamCases.ERROR + condition(refused));
        }
    }

    private List<String> run(StreamCases.Case asked, SparkSession session, Map<String, MemoryStream<Row>> streams) throws Exception {
        List<List<String>> triggers = new ArrayList<>();
        List<String> now = new ArrayList<>();
        VoidFunction2<Dataset<Row>, Long> take = (batch, number) -> {
            if (asked.mode().equals("complete")) {
                now.clear();
            }
            batch.collectAsList().forEach(row -> now.add(text(row)));
        };
        StreamingQuery query = dataset(asked, session).writeStream().outputMode(asked.mode())
                .option("checkpointLocation", Files.createTempDirectory("streams").toString()).foreachBatch(take)
                .start();
        ReentrantLock progress = ((StreamingQueryWrapper) query).streamingQuery().awaitProgressLock();
        try {
            for (int trigger = 0; trigger < cases.triggers(); trigger++) {
                progress.lock();
                try {
                    feed(streams, trigger);
                } finally {
                    progress.unlock();
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
        return StreamCases.answer(asked, triggers);
    }

    private Dataset<Row> dataset(StreamCases.Case asked, SparkSession session) {
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

    private void feed(Map<String, MemoryStream<Row>> streams, int trigger) {
        streams.forEach((name, stream) -> {
            if (trigger < arriving.get(name).size()) {
                stream.addData(CollectionConverters.asScala(arriving.get(name).get(trigger)).toSeq());
            }
        });
    }

    private Dataset<Row> rows(SparkSession session, String table, String columns, int trigger) {
        List<String> names = List.of(columns.split(", ")).stream().map(column -> column.split(" ")[0]).toList();
        String casts = List.of(columns.split(", ")).stream().map(column -> column.split(" "))
                .map(column -> "CAST(" + column[0] + " AS " + column[1] + ") AS " + column[0])
                .collect(Collectors.joining(", "));
        return session.sql("SELECT " + casts + " FROM VALUES " + cases.rows(table).get(trigger) + " AS t("
                + String.join(", ", names) + ")");
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
            case scala.collection.Map<?, ?> map -> CollectionConverters.asJava(map).entrySet().stream()
                    .map(entry -> text(entry.getKey()) + " -> " + text(entry.getValue())).sorted()
                    .collect(Collectors.joining(", ", "{", "}"));
            case byte[] bytes -> "X'" + HexFormat.of().withUpperCase().formatHex(bytes) + "'";
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
