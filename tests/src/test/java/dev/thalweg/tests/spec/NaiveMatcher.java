package dev.thalweg.tests.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;

/// What SQL:2016 says of a match, word for word and without regard to cost: of all ways through the pattern the one that is
/// tried first. Shares nothing with the engine.
public final class NaiveMatcher {
    /// What a way comes to: a match, none, or a row that is still to come decides.
    public enum End {
        FOUND, NONE, WAITS
    }

    /// A part of a pattern; what is written first is tried first.
    public sealed interface Pattern {
        record Variable(String name) implements Pattern {}

        record Sequence(List<Pattern> parts) implements Pattern {}

        record Choice(List<Pattern> parts) implements Pattern {}

        /// A part again and again.
        ///
        /// @param most -1: any number
        record Repeat(Pattern part, int least, int most, boolean greedy) implements Pattern {}
    }

    /// One row of a partition.
    ///
    /// @param micros its time
    public record Row(String key, int value, long micros, int id) {}

    /// What a variable asks of a row.
    ///
    /// @param sql what DEFINE says
    /// @param test of a row at a place, with the variables of the match up to it
    public record Condition(String sql, Test test) {
        /// What a condition says of a row.
        public interface Test {
            /// Says whether the row at the end of these labels may be there.
            ///
            /// @param labels of the rows from `start` to the one that is tested
            End holds(List<Row> rows, int start, List<String> labels, boolean isEnd);
        }
    }

    private interface Rest {
        End goOn(int place);
    }

    private final List<Row> rows;
    private final java.util.Map<String, Condition> conditions;
    private final long within;
    private final long watermark;
    private final boolean isEnd;
    private final List<String> labels = new ArrayList<>();
    private int start;

    /// @param within microseconds, or 0 for any
    /// @param watermark the time that is passed
    public NaiveMatcher(List<Row> rows, java.util.Map<String, Condition> conditions, long within, long watermark,
            boolean isEnd) {
        this.rows = rows;
        this.conditions = conditions;
        this.within = within;
        this.watermark = watermark;
        this.isEnd = isEnd;
    }

    /// The matches that are decided: of each its first place and the variables of its rows.
    public List<String> all(Pattern pattern, boolean toNextRow, IntPredicate shown) {
        List<String> found = new ArrayList<>();
        int number = 0;
        int place = 0;
        while (place < rows.size()) {
            start = place;
            labels.clear();
            int[] past = {-1};
            End end = match(pattern, place, next -> {
                past[0] = next;
                return End.FOUND;
            });
            if (end == End.WAITS) {
                return found;
            }
            if (end == End.NONE) {
                place++;
                continue;
            }
            number++;
            if (shown.test(number)) {
                found.add(text(number));
            }
            place = labels.isEmpty() || toNextRow ? place + 1 : past[0];
        }
        return found;
    }

    private String text(int number) {
        List<String> parts = new ArrayList<>(List.of(rows.get(start).key(), Integer.toString(number),
                Integer.toString(labels.size()), labels.isEmpty() ? "NULL" : Integer.toString(rows.get(start).id()),
                labels.isEmpty() ? "NULL" : labels.getLast()));
        for (String variable : List.of("A", "B", "C", "D")) {
            if (conditions.containsKey(variable)) {
                long sum = 0;
                boolean any = false;
                for (int i = 0; i < labels.size(); i++) {
                    if (labels.get(i).equals(variable)) {
                        sum += rows.get(start + i).value();
                        any = true;
                    }
                }
                parts.add(any ? Long.toString(sum) : "NULL");
            }
        }
        return String.join(", ", parts);
    }

    private End match(Pattern pattern, int place, Rest rest) {
        return switch (pattern) {
            case Pattern.Variable(String name) -> row(name, place, rest);
            case Pattern.Sequence(List<Pattern> parts) -> sequence(parts, 0, place, rest);
            case Pattern.Choice(List<Pattern> parts) -> {
                for (Pattern part : parts) {
                    End end = match(part, place, rest);
                    if (end != End.NONE) {
                        yield end;
                    }
                }
                yield End.NONE;
            }
            case Pattern.Repeat repeat -> repeat(repeat, 0, place, rest);
        };
    }

    private End sequence(List<Pattern> parts, int from, int place, Rest rest) {
        return from == parts.size()
                ? rest.goOn(place)
                : match(parts.get(from), place, next -> sequence(parts, from + 1, next, rest));
    }

    private End repeat(Pattern.Repeat repeat, int times, int place, Rest rest) {
        if (!repeat.greedy() && times >= repeat.least()) {
            End end = rest.goOn(place);
            if (end != End.NONE) {
                return end;
            }
        }
        if (repeat.most() < 0 || times < repeat.most()) {
            End end = match(repeat.part(), place, next -> repeat(repeat, times + 1, next, rest));
            if (end != End.NONE) {
                return end;
            }
        }
        return repeat.greedy() && times >= repeat.least() ? rest.goOn(place) : End.NONE;
    }

    private End row(String name, int place, Rest rest) {
        if (place == rows.size()) {
            boolean closed = isEnd
                    || (within > 0 && watermark - rows.get(start).micros() >= within - 1 && !rows.isEmpty());
            return closed ? End.NONE : End.WAITS;
        }
        if (within > 0 && rows.get(place).micros() - rows.get(start).micros() >= within) {
            return End.NONE;
        }
        int before = labels.size();
        labels.add(name);
        End holds = Objects.requireNonNull(conditions.get(name)).test().holds(rows, start, labels, isEnd);
        End end = holds == End.FOUND ? rest.goOn(place + 1) : holds;
        if (end != End.FOUND) {
            labels.subList(before, labels.size()).clear();
        }
        return end;
    }
}
