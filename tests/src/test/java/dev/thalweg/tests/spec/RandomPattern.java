package dev.thalweg.tests.spec;

import dev.thalweg.tests.spec.NaiveMatcher.Condition;
import dev.thalweg.tests.spec.NaiveMatcher.End;
import dev.thalweg.tests.spec.NaiveMatcher.Pattern;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A pattern for MATCH_RECOGNIZE over columns `k`, `v`, `ts` and `id`, drawn at random.
///
/// @param conditions of each variable
/// @param within seconds, or 0 for any
public record RandomPattern(Pattern pattern, Map<String, Condition> conditions, int within, boolean toNextRow) {
    private static final long SECOND = 1_000_000;

    /// Draws one of parts in parts, so many times at most.
    public static RandomPattern of(Random random, int depth) {
        Map<String, Condition> conditions = new TreeMap<>();
        Pattern pattern = drawn(random, depth, conditions);
        conditions.replaceAll((name, _) -> condition(random, name, List.copyOf(conditions.keySet())));
        return new RandomPattern(pattern, conditions, random.nextInt(3) == 0 ? 2 + random.nextInt(6) : 0,
                random.nextBoolean());
    }

    /// The clause that finds of each match its number, how many rows it has, the first one's `id`, the last one's variable, and
    /// the sum of `v` of each variable.
    public String sql() {
        String sums = conditions.keySet().stream().map(name -> ", sum(" + name + ".v) AS s" + name)
                .collect(Collectors.joining());
        String define = conditions.entrySet().stream().filter(each -> !each.getValue().sql().isEmpty())
                .map(each -> each.getKey() + " AS " + each.getValue().sql()).collect(Collectors.joining(", "));
        return " MATCH_RECOGNIZE (PARTITION BY k ORDER BY ts, id"
                + " MEASURES MATCH_NUMBER() AS m, count(*) AS n, FIRST(id) AS f, CLASSIFIER() AS c" + sums
                + (toNextRow ? " AFTER MATCH SKIP TO NEXT ROW" : "") + " PATTERN (" + text(pattern) + ")"
                + (within > 0 ? " WITHIN INTERVAL " + within + " SECONDS" : "")
                + (define.isEmpty() ? "" : " DEFINE " + define) + ")";
    }

    /// The same of rows of one key that are there, where time has passed `watermark` or no row comes any more: the key, and
    /// what the clause gives.
    public List<String> matches(List<NaiveMatcher.Row> rows, long watermark, boolean isEnd) {
        List<NaiveMatcher.Row> sorted = rows.stream().sorted(Comparator.comparingLong(NaiveMatcher.Row::micros)
                .thenComparingInt(NaiveMatcher.Row::id)).toList();
        return new NaiveMatcher(sorted, conditions, within * SECOND, watermark, isEnd).all(pattern, toNextRow,
                _ -> true);
    }

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
            case Pattern.Sequence(List<Pattern> parts) -> parts.stream().allMatch(RandomPattern::mayBeEmpty);
            case Pattern.Choice(List<Pattern> parts) -> parts.stream().anyMatch(RandomPattern::mayBeEmpty);
            case Pattern.Repeat repeat -> repeat.least() == 0 || mayBeEmpty(repeat.part());
        };
    }

    private static String text(Pattern pattern) {
        return switch (pattern) {
            case Pattern.Variable(String name) -> name;
            case Pattern.Sequence(List<Pattern> parts) ->
                    "(" + parts.stream().map(RandomPattern::text).collect(Collectors.joining(" ")) + ")";
            case Pattern.Choice(List<Pattern> parts) ->
                    "(" + parts.stream().map(RandomPattern::text).collect(Collectors.joining(" | ")) + ")";
            case Pattern.Repeat(Pattern part, int least, int most, boolean greedy) -> "(" + text(part) + "){" + least
                    + "," + (most < 0 ? "" : most) + "}" + (greedy ? "" : "?");
        };
    }

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
                            .filter(i -> labels.get(i).equals(other)).mapToLong(i -> rows.get(start + i).value())
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
}
