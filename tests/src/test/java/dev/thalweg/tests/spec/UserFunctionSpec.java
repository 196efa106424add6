package dev.thalweg.tests.spec;

import static dev.thalweg.functions.col;
import static dev.thalweg.functions.udaf;
import static dev.thalweg.functions.udf;
import static dev.thalweg.tests.spec.Scenario.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.Encoder;
import dev.thalweg.Encoders;
import dev.thalweg.Row;
import dev.thalweg.ThalwegSession;
import dev.thalweg.api.java.UDF1;
import dev.thalweg.expressions.Aggregator;
import dev.thalweg.streaming.OutputMode;
import dev.thalweg.streaming.StreamingQuery;
import dev.thalweg.types.DataTypes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jspecify.annotations.Nullable;

@DisplayName("A function of the program, over a stream,")
final class UserFunctionSpec {
    private static final String VOTES = "CREATE STREAM votes (name STRING, n INT) USING memory";
    private static final String CLICKS = "CREATE STREAM clicks (url STRING, n INT, ts TIMESTAMP,"
            + " WATERMARK FOR ts AS ts - INTERVAL '10' SECOND) USING memory";

    /// How often each value came, and how often none: a buffer that Java serializes.
    @SuppressWarnings("NonApiType") // a buffer is of one class, which Java serializes
    static final class Tally extends Aggregator<String, TreeMap<String, Long>, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public TreeMap<String, Long> zero() {
            return new TreeMap<>();
        }

        @Override
        public TreeMap<String, Long> reduce(TreeMap<String, Long> buffer, String value) {
            buffer.merge(value == null ? "none" : value, 1L, Long::sum);
            return buffer;
        }

        @Override
        public TreeMap<String, Long> merge(TreeMap<String, Long> first, TreeMap<String, Long> second) {
            second.forEach((value, count) -> first.merge(value, count, Long::sum));
            return first;
        }

        @Override
        public String finish(TreeMap<String, Long> buffer) {
            return buffer.entrySet().stream().map(each -> each.getKey() + "x" + each.getValue())
                    .collect(Collectors.joining("+"));
        }

        @Override
        @SuppressWarnings({"unchecked", "rawtypes"}) // a class has no type parameters
        public Encoder<TreeMap<String, Long>> bufferEncoder() {
            return (Encoder) Encoders.javaSerialization(TreeMap.class);
        }

        @Override
        public Encoder<String> outputEncoder() {
            return Encoders.STRING();
        }
    }

    /// Two columns and how they go together.
    record Weighted(Integer value, Long weight) {}

    /// A buffer of columns.
    record Sums(double weighted, long weights, List<Integer> values) {}

    static final class WeightedMean extends Aggregator<Weighted, Sums, Double> {
        private static final long serialVersionUID = 1L;

        @Override
        public Sums zero() {
            return new Sums(0, 0, List.of());
        }

        @Override
        public Sums reduce(Sums buffer, Weighted row) {
            if (row.value() == null || row.weight() == null) {
                return buffer;
            }
            List<Integer> values = new ArrayList<>(buffer.values());
            values.add(row.value());
            return new Sums(buffer.weighted() + row.value() * row.weight(), buffer.weights() + row.weight(), values);
        }

        @Override
        public Sums merge(Sums first, Sums second) {
            List<Integer> values = new ArrayList<>(first.values());
            values.addAll(second.values());
            return new Sums(first.weighted() + second.weighted(), first.weights() + second.weights(), values);
        }

        @Override
        public @Nullable Double finish(Sums buffer) {
            return buffer.weights() == 0 ? null : buffer.weighted() / buffer.weights();
        }

        @Override
        public Encoder<Sums> bufferEncoder() {
            return Encoders.bean(Sums.class);
        }

        @Override
        public Encoder<Double> outputEncoder() {
            return Encoders.DOUBLE();
        }
    }

    /// The sum of squares: a buffer that is one number.
    static final class Squares extends Aggregator<Long, Long, Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public Long zero() {
            return 0L;
        }

        @Override
        public Long reduce(Long buffer, Long value) {
            return value == null ? buffer : buffer + value * value;
        }

        @Override
        public Long merge(Long first, Long second) {
            return first + second;
        }

        @Override
        public Long finish(Long buffer) {
            return buffer;
        }

        @Override
        public Encoder<Long> bufferEncoder() {
            return Encoders.LONG();
        }

        @Override
        public Encoder<Long> outputEncoder() {
            return Encoders.LONG();
        }
    }

    private static ThalwegSession registered(ThalwegSession session) {
        session.udf().register("tally", udaf(new Tally(), Encoders.STRING()));
        session.udf().register("weighted", udaf(new WeightedMean(), Encoders.bean(Weighted.class)));
        session.udf().register("squares", udaf(new Squares(), Encoders.LONG()));
        session.udf().register("shout", (UDF1<String, String>) s -> s == null ? "?" : s + "!", DataTypes.StringType);
        session.udf().register("half", (UDF1<Integer, @Nullable Integer>) n -> n == null ? null : n / 2,
                DataTypes.IntegerType);
        return session;
    }

    private static Scenario scenario(String statements, OutputMode mode, String sql) {
        return given(statements).query(mode, session -> registered(session).sql(sql));
    }

    @Test
    @DisplayName("keeps a buffer for each group, whatever kind of object it is, and gives the new answer where it changed")
    void buffersInUpdateMode() {
        try (Scenario votes = scenario(VOTES, OutputMode.Update(), """
                SELECT name, tally(CAST(n AS STRING)), weighted(n, 2), squares(n), count(*) FROM STREAM votes
                GROUP BY name""")) {
            votes.trigger("a, 1", "a, NULL", "b, 3").emits("a, 1x1+nonex1, 1.0, 1, 2", "b, 3x1, 3.0, 9, 1").holds(2)
                    .trigger("a, 2", "a, 1").emits("a, 1x2+2x1+nonex1, 1.3333333333333333, 6, 4")
                    .restart().trigger("b, NULL").emits("b, 3x1+nonex1, 3.0, 9, 2");
        }
    }

    @Test
    @DisplayName("answers once a window is closed, and is not asked about late rows")
    void windowsInAppendMode() {
        try (Scenario clicks = scenario(CLICKS, OutputMode.Append(), """
                SELECT window.start, tally(url), squares(n) FROM STREAM clicks
                GROUP BY window(ts, INTERVAL '1' MINUTE)""")) {
            clicks.trigger("a, 1, 12:00:05", "b, 2, 12:00:40", "a, 3, 12:00:41").emitsNothing()
                    .trigger("a, 5, 12:01:15").emits("12:00, ax2+bx1, 14")
                    .trigger("z, 9, 12:00:59", "c, 1, 12:02:30").drops(1).emits("12:01, ax1, 25");
        }
    }

    @Test
    @DisplayName("counts a row for every sliding window it is in, and for its session")
    void slidingAndSessionWindows() {
        try (Scenario clicks = scenario(CLICKS, OutputMode.Append(), """
                SELECT window.start, squares(n) FROM STREAM clicks
                GROUP BY window(ts, INTERVAL '1' MINUTE, INTERVAL '30' SECOND)""")) {
            clicks.trigger("a, 2, 12:00:05", "a, 3, 12:00:40").emits("11:59:30, 4").trigger("a, 5, 12:02:00")
                    .emits("12:00, 13", "12:00:30, 9");
        }
        try (Scenario clicks = scenario(CLICKS, OutputMode.Append(), """
                SELECT session_window.start, session_window.end, url, tally(CAST(n AS STRING)) FROM STREAM clicks
                GROUP BY session_window(ts, INTERVAL '20' SECOND), url""")) {
            clicks.trigger("a, 2, 12:00:05", "a, 3, 12:00:20", "b, 1, 12:00:00").trigger("a, 2, 12:00:12")
                    .trigger("a, 5, 12:02:00").emits("12:00, 12:00:20, b, 1x1", "12:00:05, 12:00:40, a, 2x2+3x1");
        }
    }

    @Test
    @DisplayName("has the whole result in complete mode, the answer over nothing too")
    void completeMode() {
        try (Scenario votes = scenario(VOTES, OutputMode.Complete(),
                "SELECT squares(n), tally(name) FROM STREAM votes")) {
            votes.trigger("a, 1", "b, 2").emits("5, ax1+bx1").trigger("a, 3").emits("14, ax2+bx1");
        }
    }

    @Test
    @DisplayName("is computed again from the rows that are left, where rows are taken back")
    void retraction() {
        try (Scenario votes = scenario(VOTES, OutputMode.Update(), """
                SELECT total % 2, tally(name), weighted(CAST(total AS INT), total), squares(total) FROM (
                  SELECT name, sum(n) AS total FROM STREAM votes GROUP BY name) GROUP BY total % 2""")) {
            votes.trigger("a, 1", "b, 2", "c, 4").emits("1, ax1, 1.0, 1", "0, bx1+cx1, 3.3333333333333335, 20")
                    .trigger("c, 1").emits("1, ax1+cx1, 4.333333333333333, 26", "0, bx1, 2.0, 4")
                    .trigger("b, 1", "d, NULL").emits("1, ax1+bx1+cx1, 3.888888888888889, 35", "NULL, dx1, NULL, 0");
        }
    }

    @Test
    @DisplayName("takes each value once with DISTINCT, and only rows that FILTER lets through")
    void distinctAndFilter() {
        try (Scenario votes = scenario(VOTES, OutputMode.Update(), """
                SELECT tally(DISTINCT name), squares(n) FILTER (WHERE name = 'a') FROM STREAM votes""")) {
            votes.trigger("a, 1", "a, 2", "b, 7").emits("ax1+bx1, 5").trigger("b, 7", "c, 1").emits("ax1+bx1+cx1, 5");
        }
    }

    @Test
    @DisplayName("sees the rows of a frame with OVER")
    void over() {
        try (Scenario votes = scenario(VOTES, OutputMode.Update(), """
                SELECT name, n, tally(name) OVER (ORDER BY n ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
                FROM STREAM votes""")) {
            votes.trigger("a, 1", "b, 5").emits("a, 1, ax1", "b, 5, ax1+bx1").trigger("c, 3")
                    .emits("c, 3, ax1+cx1", "b, 5, bx1+cx1");
        }
    }

    @Test
    @DisplayName("computes columns, decides which rows stay and what they are grouped by")
    void scalars() {
        try (Scenario votes = scenario(VOTES, OutputMode.Update(), """
                SELECT shout(name) AS who, half(n) AS h, count(*) FROM STREAM votes WHERE half(n) > 0 OR n IS NULL
                GROUP BY shout(name), half(n)""")) {
            votes.trigger("a, 2", "a, 3", "a, 1").emits("a!, 1, 2").trigger("NULL, 4", "b, NULL", "a, 2")
                    .emits("?, 2, 1", "b!, NULL, 1", "a!, 1, 3");
        }
    }

    @Test
    @DisplayName("says the same of rows that are taken back")
    void scalarsOverChanges() {
        try (Scenario votes = scenario(VOTES, OutputMode.Changelog(), """
                SELECT shout(name), half(CAST(total AS INT)) FROM (
                  SELECT name, sum(n) AS total FROM STREAM votes GROUP BY name)""")) {
            votes.trigger("a, 4").emits("a!, 2, +I").trigger("a, 1").emitsNothing().trigger("a, 1")
                    .emits("a!, 2, -D", "a!, 3, +I");
        }
    }

    @Test
    @DisplayName("may be an expression of SQL")
    void expression() {
        try (Scenario votes = given(VOTES).query(OutputMode.Update(), session -> {
            session.sql("CREATE OR REPLACE FUNCTION band(x INT, width INT) RETURNS INT RETURN x - x % width");
            return session.sql("SELECT band(n, 10) AS b, count(*) FROM STREAM votes WHERE band(n, 1) IS NOT NULL"
                    + " GROUP BY band(n, 10)");
        })) {
            votes.trigger("a, 1", "b, 12", "c, NULL").emits("0, 1", "10, 1").trigger("d, 19").emits("10, 2");
        }
    }

    @Test
    @DisplayName("is applied to columns of a dataset as well")
    void dataset() {
        try (Scenario votes = given(VOTES).query(OutputMode.Update(), session -> session.readStream().table("votes")
                .groupBy(udf((String s) -> s.substring(0, 1), DataTypes.StringType).withName("initial")
                        .apply(col("name")))
                .agg(udaf(new Squares(), Encoders.LONG()).apply(col("n")).as("s")))) {
            votes.trigger("ann, 1", "al, 2", "bo, 3").emits("a, 5", "b, 9").trigger("bea, 1").emits("b, 10");
        }
    }

    @Test
    @DisplayName("is refused over rows that change unless equal rows give it equal values")
    void nonDeterministic() {
        try (ThalwegSession session = registered(Way.session(2))) {
            session.sql(VOTES);
            session.udf().register("dice", udf((Integer n) -> n, DataTypes.IntegerType).asNondeterministic());
            session.udf().register("several", udaf(new Squares(), Encoders.LONG()).asNondeterministic());
            assertThatThrownBy(() -> start(session,
                    "SELECT dice(CAST(s AS INT)) FROM (SELECT sum(n) AS s FROM STREAM votes"
                            + " GROUP BY name)",
                    Path.of("unused"))).hasMessageContaining("THW-3116").hasMessageContaining("dice()");
            assertThatThrownBy(() -> start(session, "SELECT several(n) FROM STREAM votes", Path.of("unused")))
                    .hasMessageContaining("THW-3116").hasMessageContaining("several()");
        }
        try (Scenario votes = given(VOTES).query(OutputMode.Append(), session -> {
            session.udf().register("dice", udf((Integer n) -> n, DataTypes.IntegerType).asNondeterministic());
            return session.sql("SELECT name, dice(n) FROM STREAM votes");
        })) {
            votes.trigger("a, 4").emits("a, 4");
        }
    }

    private static StreamingQuery start(ThalwegSession session, String sql, Path checkpoint) {
        return session.sql(sql).writeStream().outputMode(OutputMode.Update())
                .option("checkpointLocation", checkpoint.toString())
                .foreachBatch((rows, number) -> rows.collectAsList())
                .start();
    }

    @Test
    @DisplayName("must be registered again before a restart, and keep what it kept before")
    void restart(@TempDir Path directory) {
        String sql = "SELECT name, squares(n) FROM STREAM votes GROUP BY name";
        Path checkpoint = directory.resolve("checkpoint");
        try (ThalwegSession session = registered(Way.session(2))) {
            session.sql(VOTES);
            start(session, sql, checkpoint).stop();
        }
        try (ThalwegSession session = Way.session(2)) {
            session.sql(VOTES);
            assertThatThrownBy(() -> start(session, sql, checkpoint)).hasMessageContaining("THW-1106")
                    .hasMessageContaining("squares").hasMessageContaining("register");
            session.udf().register("squares", udaf(new Tally(), Encoders.STRING()));
            assertThatThrownBy(() -> start(session, sql, checkpoint)).hasMessageContaining("THW-5")
                    .hasMessageContaining("squares");
            session.udf().register("squares", udaf(new Squares(), Encoders.LONG()));
            start(session, sql, checkpoint).stop();
        }
    }

    @Test
    @DisplayName("is named in plans, which say what it keeps")
    void explained() {
        try (ThalwegSession session = registered(Way.session(2))) {
            session.sql(VOTES);
            assertThat(text(session, "EXPLAIN SELECT shout(name), squares(n) FROM STREAM votes GROUP BY shout(name)"))
                    .contains("user.shout(name)", "user.squares($f1 kept as BIGINT)");
            assertThat(text(session, "EXPLAIN STATE SELECT name, squares(n) FROM STREAM votes GROUP BY name"))
                    .doesNotContain("every value");
            assertThat(text(session, "EXPLAIN STATE SELECT squares(s) FROM (SELECT sum(n) AS s FROM STREAM votes"
                    + " GROUP BY name)")).contains("every value of user.squares");
        }
    }

    private static String text(ThalwegSession session, String sql) {
        List<Row> rows = session.sql(sql).collectAsList();
        return rows.stream().map(row -> Arrays.toString(row.toList().toArray())).collect(Collectors.joining("\n"));
    }
}
