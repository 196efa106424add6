package dev.thalweg.tests.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.Row;
import dev.thalweg.ThalwegSession;
import dev.thalweg.streaming.OutputMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Random patterns over random rows against [NaiveMatcher]: over tables, and over streams with random cuts, late rows and
/// restarts, where after every trigger the matches are those that no row to come can change.
@DisplayName("MATCH_RECOGNIZE of random patterns")
final class MatchRecognizeProperties {
    private static final int TABLES = Integer.getInteger("match.tables", 120);
    private static final int STREAMS = Integer.getInteger("match.streams", 12);
    private static final long SECOND = 1_000_000;
    private static final long DELAY = 4 * SECOND;

    /// A query and its rows in the order in which they arrive.
    private record Case(Random random, RandomPattern pattern, List<NaiveMatcher.Row> rows) {
        static Case of(long seed) {
            Random random = new Random(seed);
            RandomPattern pattern = RandomPattern.of(random, 3);
            List<NaiveMatcher.Row> rows = new ArrayList<>();
            int count = 4 + random.nextInt(14);
            for (int i = 0; i < count; i++) {
                rows.add(new NaiveMatcher.Row(random.nextInt(3) == 0 ? "b" : "a", random.nextInt(4),
                        Math.max(0, i + random.nextInt(7) - 3) * SECOND, i));
            }
            return new Case(random, pattern, rows);
        }

        String sql(String from) {
            return "SELECT * FROM " + from + pattern.sql();
        }

        /// The matches in these rows that are decided at a watermark.
        List<String> expected(List<NaiveMatcher.Row> known, long watermark, boolean isEnd) {
            List<String> all = new ArrayList<>();
            for (String key : List.of("a", "b")) {
                all.addAll(pattern.matches(known.stream()
                        .filter(row -> row.key().equals(key) && (isEnd || row.micros() <= watermark)).toList(),
                        watermark, isEnd));
            }
            return all;
        }
    }

    private static String time(long micros) {
        long second = micros / SECOND;
        return "12:%02d:%02d".formatted(second / 60, second % 60);
    }

    @Test
    @DisplayName("finds over a table what a search finds that tries one way after the other")
    void tables() {
        try (ThalwegSession session = Way.session(2)) {
            for (long seed = 0; seed < TABLES; seed++) {
                Case each = Case.of(seed);
                session.sql("CREATE TABLE t" + seed + " (k STRING, v INT, ts TIMESTAMP, id INT) USING memory");
                session.sql("INSERT INTO t" + seed + " VALUES " + each.rows().stream()
                        .map(row -> Texts.toSql(text(row))).collect(Collectors.joining(", ")));
                String sql = each.sql("t" + seed);
                List<Row> found = session.sql(sql).collectAsList();
                assertThat(found.stream().map(Texts::of)).as("seed %d: %s over %s", seed, sql, each.rows())
                        .containsExactlyInAnyOrderElementsOf(each.expected(each.rows(), 0, true));
            }
        }
    }

    private static String text(NaiveMatcher.Row row) {
        return row.key() + ", " + row.value() + ", " + time(row.micros()) + ", " + row.id();
    }

    @Test
    @DisplayName("tells over a stream, after every trigger, the matches that no row to come can change")
    void streams() {
        for (long seed = 1_000; seed < 1_000 + STREAMS; seed++) {
            stream(Case.of(seed), seed);
        }
    }

    private static void stream(Case each, long seed) {
        String sql = each.sql("STREAM s");
        Way way = new Way("seed " + seed, 1 + each.random().nextInt(4), each.random().nextBoolean(), """
                CREATE STREAM s (k STRING, v INT, ts TIMESTAMP, id INT, WATERMARK FOR ts AS ts - INTERVAL '4' SECOND)
                USING memory""", OutputMode.Append(), session -> session.sql(sql));
        try {
            List<NaiveMatcher.Row> known = new ArrayList<>();
            List<String> told = new ArrayList<>();
            long watermark = Long.MIN_VALUE;
            for (int from = 0; from < each.rows().size();) {
                int to = Math.min(each.rows().size(), from + 1 + each.random().nextInt(5));
                List<NaiveMatcher.Row> batch = each.rows().subList(from, to);
                long passed = watermark;
                known.addAll(batch.stream().filter(row -> row.micros() > passed).toList());
                watermark = Math.max(watermark,
                        batch.stream().mapToLong(NaiveMatcher.Row::micros).max().orElseThrow() - DELAY);
                way.insert("s", batch.stream().map(MatchRecognizeProperties::text).toArray(String[]::new));
                way.run();
                told.addAll(way.emitted());
                String story = "seed %d, rows up to %d: %s over %s".formatted(seed, to, sql, each.rows());
                assertThat(told).as(story)
                        .containsExactlyInAnyOrderElementsOf(each.expected(known, watermark, false));
                from = to;
            }
        } finally {
            way.close();
        }
    }
}
