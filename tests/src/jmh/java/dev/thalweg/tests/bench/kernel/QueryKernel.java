package dev.thalweg.tests.bench.kernel;

import dev.thalweg.Row;
import dev.thalweg.RowFactory;
import dev.thalweg.ThalwegSession;
import dev.thalweg.streaming.MemoryStream;
import dev.thalweg.streaming.StreamingQuery;
import dev.thalweg.types.StructType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// What a row costs in a whole query, from the moment it is there to the moment its trigger is committed: for what is more than one
/// operator, or needs time to go on. A trigger takes 16,384 rows of 10,000 keys, which are 1.6 s of event time; with one task, a
/// checkpoint and a sink that keeps nothing. `FILTER` is what the trigger itself costs.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(QueryKernel.ROWS)
public class QueryKernel {
    static final int ROWS = 16_384;
    private static final int KEYS = 10_000;
    private static final long NANOS_A_ROW = 100_000;
    private static final StructType TYPE = StructType.fromDDL(
            "n BIGINT, k BIGINT, v BIGINT, ts TIMESTAMP, body STRING, list ARRAY<BIGINT>");

    /// What is asked of the stream `events`.
    public enum Query {
        FILTER("SELECT n, k, v FROM events WHERE v < 5000"),
        /// Each row meets one other, and itself.
        BAND_JOIN("append", """
                SELECT a.n, b.n AS other FROM events a JOIN events b
                ON a.k = b.k AND b.ts BETWEEN a.ts - INTERVAL '1' SECOND AND a.ts"""),
        BAND_LEFT_JOIN("append", """
                SELECT a.n, b.n AS other FROM events a LEFT JOIN (SELECT * FROM events WHERE v < 5000) b
                ON a.k = b.k AND b.ts BETWEEN a.ts - INTERVAL '1' SECOND AND a.ts"""),
        AS_OF_JOIN("append", """
                SELECT a.n, b.n AS other FROM (SELECT * FROM events WHERE v < 5000) a
                LEFT ASOF JOIN (SELECT * FROM events WHERE v >= 5000) b MATCH_CONDITION (a.ts >= b.ts) ON a.k = b.k"""),
        /// A fall and a rise, in half of the rows' keys.
        MATCH_RECOGNIZE("append", """
                SELECT * FROM events MATCH_RECOGNIZE (PARTITION BY k ORDER BY ts MEASURES A.n AS first, B.n AS last
                PATTERN (A B) WITHIN INTERVAL '2' SECOND DEFINE B AS B.v > A.v)"""),
        TUMBLING_COUNT("append", "SELECT k, window.end, count(*) AS n FROM events GROUP BY k, window(ts, '1 second')"),
        SESSION_COUNT("append", """
                SELECT k, session_window.end, count(*) AS n FROM events GROUP BY k, session_window(ts, '1 second')"""),
        DEDUPLICATED("append", "SELECT DISTINCT k, ts FROM events"),
        SORTED_FIRST_100("update", "SELECT n, k, v FROM events ORDER BY v DESC, n LIMIT 100"),
        FIRST_OF_KEY("update", """
                SELECT n, k, v FROM events QUALIFY row_number() OVER (PARTITION BY k ORDER BY v DESC, n) = 1"""),
        INTERSECTION("update", "SELECT k FROM events WHERE v < 5000 INTERSECT SELECT k FROM events WHERE v >= 5000"),
        DIFFERENCE("update", "SELECT k FROM events WHERE v < 5000 EXCEPT SELECT k FROM events WHERE v >= 5000"),
        MEDIAN("update", "SELECT k, median(v) AS middle FROM events GROUP BY k"),
        RECURSION("update", """
                WITH RECURSIVE reached(n) AS (
                  SELECT n FROM events WHERE n = 1 UNION SELECT e.n FROM reached r JOIN events e ON e.n DIV 2 = r.n)
                SELECT n FROM reached"""),
        LAMBDAS("""
                SELECT n, transform(list, x -> 2 * x + 1) AS odd, aggregate(list, 0L, (sum, x) -> sum + x) AS total
                FROM events WHERE exists(list, x -> x % 2 = 0)"""),
        JSON_PATH("SELECT n, get_json_object(body, '$.user.id') AS id FROM events"),
        JSON_STRUCT("""
                SELECT n, read.user.id, read.price FROM (
                  SELECT n, from_json(body, 'user STRUCT<id: BIGINT, name: STRING>, price DOUBLE') AS read FROM events)"""),
        VARIANT("SELECT n, v:user.id::BIGINT AS id, v:price::DOUBLE AS price FROM (SELECT n, parse_json(body) AS v FROM events)");

        private final String mode;
        private final String text;

        Query(String text) {
            this("append", text);
        }

        Query(String mode, String text) {
            this.mode = mode;
            this.text = text;
        }
    }

    @Param("")
    String directory = "";
    @Param
    Query query = Query.FILTER;

    private Optional<ThalwegSession> session = Optional.empty();
    private Optional<StreamingQuery> running = Optional.empty();
    private Optional<MemoryStream> events = Optional.empty();
    private SplittableRandom random = new SplittableRandom(42);
    private long made;

    /// Each measurement begins without state.
    @Setup(Level.Iteration)
    public void start() throws Exception {
        close();
        random = new SplittableRandom(42);
        made = 0;
        ThalwegSession opened = ThalwegSession.builder().config("thalweg.sql.tasks", "1")
                .config("thalweg.sql.unboundedState", "allow").create();
        session = Optional.of(opened);
        MemoryStream stream = opened.memoryStream("rows", TYPE);
        events = Optional.of(stream);
        stream.toDF().withWatermark("ts", "100 milliseconds").createOrReplaceTempView("events");
        running = Optional.of(opened.sql(query.text).writeStream().format("noop").outputMode(query.mode)
                .option("checkpointLocation", Files.createTempDirectory(Path.of(directory), "query").toString())
                .start());
        bring();
        trigger();
    }

    @Setup(Level.Invocation)
    public void bring() {
        List<Row> rows = LongStream.range(made, made + ROWS).mapToObj(this::row).toList();
        made += ROWS;
        events.orElseThrow().addData(rows);
    }

    private Row row(long n) {
        long key = random.nextInt(KEYS);
        String body = "{\"user\":{\"name\":\"user " + key + "\",\"id\":" + key + "},\"price\":" + n % 1_000 + ".5}";
        return RowFactory.create(n, key, (long) random.nextInt(10_000), Instant.ofEpochSecond(1_700_000_000L, n * NANOS_A_ROW),
                body, List.of(n, key, 3L, 4L));
    }

    @Benchmark
    public void trigger() {
        running.orElseThrow().processAllAvailable();
    }

    @TearDown(Level.Trial)
    public void close() throws Exception {
        if (running.isPresent()) {
            running.get().stop();
        }
        session.ifPresent(ThalwegSession::close);
        running = Optional.empty();
        session = Optional.empty();
    }
}
