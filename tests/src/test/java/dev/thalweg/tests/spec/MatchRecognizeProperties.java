package dev.thalweg.tests.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.Row;
import dev.thalweg.ThalwegSession;
import dev.thalweg.streaming.OutputMode;
import dev.thalweg.tests.spec.NaiveMatcher.Condition;
import dev.thalweg.tests.spec.NaiveMatcher.End;
import dev.thalweg.tests.spec.NaiveMatcher.Pattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Random patterns over random rows against [NaiveMatcher]: over tables, and over streams with random cuts, late rows and
/// restarts, where after every trigger the matches are those that no row to come can change.
@DisplayName("MATCH_RECOGNIZE of random patterns")
final class MatchRecognizeProperties {
    private static final int TABLES = Integer.getInteger("match.tables", 120);
    private static final int STREAMS = Integer.getInteger("match.streams", 12);
    private static final int DELAY = 4;

    /// A query and its rows in the order in which they arrive.
    private record Case(Random random, Pattern pattern, Map<String, Condition> conditions, int within,
            boolean toNextRow, List<NaiveMatcher.Row> rows) {
        static Case of(long seed) {
            Random random = new Random(seed);
            Map<String, Condition> conditions = new TreeMap<>();
            Pattern pattern = drawn(random, 3, conditions);
            conditions.replaceAll((name, _) -> condition(random, name, List.copyOf(conditions.keySet())));
            List<NaiveMatcher.Row> rows = new ArrayList<>();
            int count = 4 + random.nextInt(14);
            for (int i = 0; i < count; i++) {
                rows.add(new NaiveMatcher.Row(random.nextInt(3) == 0 ? "b" : "a", random.nextInt(4),
                        Math.max(0, i + random.nextInt(7) - 3), i));
            }
            return new Case(random, pattern, conditions, random.nextInt(3) == 0 ? 2 + random.nextInt(6) : 0,
                    random.nextBoolean(), rows);
        }

        String sql(String from) {
            String sums = conditions.keySet().stream().map(name -> ", sum(" + name + ".v) AS s" + name)
                    .collect(Collectors.joining());
            String define = conditions.entrySet().stream().filter(each -> !each.getValue().sql().isEmpty())
                    .map(each -> each.getKey() + " AS " + each.getValue().sql()).collect(Collectors.joining(", "));
            return "SELECT * FROM " + from + " MATCH_RECOGNIZE (PARTITION BY k ORDER BY ts, id"
                    + " MEASURES MATCH_NUMBER() AS m, count(*) AS n, FIRST(id) AS f, CLASSIFIER() AS c" + sums
                    + (toNextRow ? " AFTER MATCH SKIP TO NEXT ROW" : "") + " PATTERN (" + text(pattern) + ")"
                    + (within > 0 ? " WITHIN INTERVAL " + within + " SECONDS" : "")
                    + (define.isEmpty() ? "" : " DEFINE " + define) + ")";
        }

        /// The matches in these rows that are decided at a watermark.
        List<String> expected(List<NaiveMatcher.Row> known, int watermark, boolean isEnd) {
            List<String> all = new ArrayList<>();
            for (String key : List.of("a", "b")) {
                List<NaiveMatcher.Row> own = known.stream()
                        .filter(row -> row.key().equals(key) && (isEnd || row.second() <= watermark))
                        .sorted(Comparator.comparingInt(NaiveMatcher.Row::second)
                                .thenComparingInt(NaiveMatcher.Row::id))
                        .toList();
                all.addAll(new NaiveMatcher(own, conditions, within, watermark, isEnd).all(pattern, toNextRow,
                        _ -> true));
            }
            return all;
        }
    }

    // ---- random patterns

    private static Pattern drawn(Random random, int depth, Map<String, Condition> names) {
        return switch (depth == 0 ? 0 : random.nextInt(6)) {
            case 0 -> variable(random, names);
            case 1, 2 -> new Pattern.Sequence(parts(random, depth, names));
            case 3 -> new Pattern.Choice(parts(random, depth, names));
            default -> {
                Pattern part = drawn(random, depth - 1, names);
                int least = random.nextInt(3);
                int most = random.nextInt(3) == 0 ? least + 1 + random.nextInt(2) : -1;
                yield mayBeEmpty(part) // an empty turn of a loop is told apart from none by nobody
                        ? part
                        : new Pattern.Repeat(part, least, most, random.nextInt(3) > 0);
            }
        };
    }

    private static List<Pattern> parts(Random random, int depth, Map<String, Condition> names) {
        return IntStream.range(0, 2 + random.nextInt(2)).mapToObj(_ -> drawn(random, depth - 1, names)).toList();
    }

    private static Pattern variable(Random random, Map<String, Condition> names) {
        String name = "ABCD".substring(0, 4).charAt(random.nextInt(4)) + "";
        names.put(name, new Condition("", (_, _, _, _) -> End.FOUND));
        return new Pattern.Variable(name);
    }

    private static boolean mayBeEmpty(Pattern pattern) {
        return switch (pattern) {
            case Pattern.Variable _ -> false;
            case Pattern.Sequence(List<Pattern> parts) -> parts.stream().allMatch(MatchRecognizeProperties::mayBeEmpty);
            case Pattern.Choice(List<Pattern> parts) -> parts.stream().anyMatch(MatchRecognizeProperties::mayBeEmpty);
            case Pattern.Repeat repeat -> repeat.least() == 0 || mayBeEmpty(repeat.part());
        };
    }

    private static String text(Pattern pattern) {
        return switch (pattern) {
            case Pattern.Variable(String name) -> name;
            case Pattern.Sequence(List<Pattern> parts) ->
                    "(" + parts.stream().map(MatchRecognizeProperties::text).collect(Collectors.joining(" ")) + ")";
            case Pattern.Choice(List<Pattern> parts) ->
                    "(" + parts.stream().map(MatchRecognizeProperties::text).collect(Collectors.joining(" | ")) + ")";
            case Pattern.Repeat(Pattern part, int least, int most, boolean greedy) -> "(" + text(part) + "){" + least
                    + "," + (most < 0 ? "" : most) + "}" + (greedy ? "" : "?");
        };
    }

    // ---- random conditions

    private static End of(boolean holds) {
        return holds ? End.FOUND : End.NONE;
    }

    private static Condition condition(Random random, String self, List<String> names) {
        String other = names.get(random.nextInt(names.size()));
        int bound = random.nextInt(4);
        return switch (random.nextInt(7)) {
            case 0 -> new Condition("", (_, _, _, _) -> End.FOUND);
            case 1, 2 -> new Condition("v >= " + bound,
                    (rows, start, labels, _) -> of(at(rows, start, labels) >= bound));
            case 3 -> new Condition(self + ".v > PREV(" + self + ".v)", (rows, start, labels, _) -> {
                int place = start + labels.size() - 1;
                return of(place > 0 && rows.get(place).value() > rows.get(place - 1).value());
            });
            case 4 -> new Condition("v <> NEXT(v)", (rows, start, labels, isEnd) -> {
                int place = start + labels.size() - 1;
                return place + 1 < rows.size()
                        ? of(rows.get(place).value() != rows.get(place + 1).value())
                        : isEnd ? End.NONE : End.WAITS;
            });
            case 5 -> new Condition("coalesce(sum(" + other + ".v), 0) <= " + (bound + 2),
                    (rows, start, labels, _) -> of(IntStream.range(0, labels.size())
                            .filter(i -> labels.get(i).equals(other)).map(i -> rows.get(start + i).value())
                            .sum() <= bound + 2));
            default -> new Condition("v >= coalesce(FIRST(" + other + ".v, 1), 1)", (rows, start, labels, _) -> {
                List<Integer> own = IntStream.range(0, labels.size()).filter(i -> labels.get(i).equals(other)).boxed()
                        .toList();
                return of(at(rows, start, labels) >= (own.size() < 2 ? 1 : rows.get(start + own.get(1)).value()));
            });
        };
    }

    private static int at(List<NaiveMatcher.Row> rows, int start, List<String> labels) {
        return rows.get(start + labels.size() - 1).value();
    }

    // ---- the properties

    private static String time(int second) {
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
        return row.key() + ", " + row.value() + ", " + time(row.second()) + ", " + row.id();
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
            int watermark = Integer.MIN_VALUE;
            for (int from = 0; from < each.rows().size();) {
                int to = Math.min(each.rows().size(), from + 1 + each.random().nextInt(5));
                List<NaiveMatcher.Row> batch = each.rows().subList(from, to);
                int passed = watermark;
                known.addAll(batch.stream().filter(row -> row.second() > passed).toList());
                watermark = Math.max(watermark,
                        batch.stream().mapToInt(NaiveMatcher.Row::second).max().orElseThrow() - DELAY);
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
