package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.MatchPattern.Variable;
import dev.thalweg.planner.logical.ColumnMarks;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.format.DurationText;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A match as EXPLAIN shows it: what is asked of each variable, in terms of rows and their columns.
public final class MatchText {
    private final MatchRecognize match;
    private final RowType input;

    private MatchText(MatchRecognize match) {
        this.match = match;
        this.input = ColumnMarks.shown(match.input().schema());
    }

    /// The pattern and what its variables stand for: `A B+ within 1 minute where A: is_a, B: row.price > last[A].price`.
    public static String pattern(MatchRecognize match) {
        return new MatchText(match).pattern();
    }

    /// What comes out of a match besides columns of its rows.
    public static String values(MatchRecognize match) {
        MatchText text = new MatchText(match);
        return match.values().stream().map(text::text).toList().toString();
    }

    private String pattern() {
        MatchPattern pattern = match.pattern();
        List<String> conditions = new ArrayList<>();
        pattern.variables().forEach(variable -> {
            String text = condition(variable);
            if (!text.isEmpty()) {
                conditions.add(variable.name() + ": " + text);
            }
        });
        String within = pattern.within().isPresent()
                ? " within " + DurationText.of(Duration.of(pattern.within().getAsLong(), ChronoUnit.MICROS))
                : "";
        String rows = switch (pattern.rows()) {
            case ONE -> "";
            case ALL -> ", all rows";
            case ALL_OMIT_EMPTY -> ", all rows but of empty matches";
            case ALL_WITH_UNMATCHED -> ", all rows and those in no match";
        };
        String skip = switch (pattern.skip().to()) {
            case PAST_LAST_ROW -> "";
            case NEXT_ROW -> ", on from the next row";
            case FIRST -> ", on from the first " + names(pattern.skip().variables());
            case LAST -> ", on from the last " + names(pattern.skip().variables());
        };
        return pattern.text() + within + rows + skip
                + (conditions.isEmpty() ? "" : " where " + String.join(", ", conditions));
    }

    private String condition(Variable variable) {
        List<String> parts = new ArrayList<>();
        variable.column().ifPresent(column -> parts.add(input.field(column).name()));
        variable.condition().ifPresent(condition -> parts.add(ExpressionText.of(condition,
                new RowType(variable.tested().stream().map(value -> new Field(text(value), value.type(), true))
                        .toList()))));
        return String.join(" AND ", parts);
    }

    private String names(List<Integer> variables) {
        return variables.stream().map(i -> match.pattern().variables().get(i).name())
                .collect(Collectors.joining("|"));
    }

    private String text(MatchValue value) {
        return switch (value) {
            case MatchValue.Column(MatchRow row, int column, _) -> text(row) + "." + input.field(column).name();
            case MatchValue.Classifier(MatchRow row) -> "classifier of " + text(row);
            case MatchValue.MatchNumber _ -> "match_number";
            case MatchValue.Total(List<Integer> variables, boolean isFinal, OverCall call) -> call.function() + "("
                    + (call.arguments().isEmpty() ? "*" : "")
                    + call.arguments().stream().map(a -> input.field(a).name()).collect(Collectors.joining(", "))
                    + ") of " + (isFinal ? "all " : "") + set(variables);
        };
    }

    private String text(MatchRow row) {
        String end = row.isCurrent()
                ? "row"
                : (row.isFinal() ? "final " : "") + (row.first() ? "first " : "last ")
                        + set(row.variables());
        return end + (row.offset() == 0 ? "" : (row.first() ? "+" : "-") + row.offset())
                + (row.shift() == 0 ? "" : row.shift() < 0 ? " back " + -row.shift() : " ahead " + row.shift());
    }

    private String set(List<Integer> variables) {
        return variables.size() == match.pattern().variables().size() ? "rows" : names(variables);
    }
}
