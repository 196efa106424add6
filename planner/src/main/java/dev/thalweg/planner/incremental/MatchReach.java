package dev.thalweg.planner.incremental;

import java.util.List;
import java.util.stream.Stream;

/// How far the values of a match reach beyond its rows: what must be kept or waited for on their behalf.
public final class MatchReach {
    private MatchReach() {}

    private static Stream<MatchValue> read(MatchRecognize match) {
        return Stream.concat(match.pattern().variables().stream().flatMap(variable -> variable.tested().stream()),
                match.values().stream());
    }

    /// How many rows before a match its values may be taken from.
    public static int rowsBefore(MatchRecognize match) {
        MatchPattern pattern = match.pattern();
        int most = 0;
        for (int i = 0; i < pattern.variables().size(); i++) {
            List<Integer> self = List.of(i);
            for (MatchValue value : pattern.variables().get(i).tested()) {
                most = Math.max(most, rowsBefore(pattern, value, self));
            }
        }
        for (MatchValue value : match.values()) {
            most = Math.max(most, rowsBefore(pattern, value, List.of()));
        }
        return most;
    }

    private static int rowsBefore(MatchPattern pattern, MatchValue value, List<Integer> tested) {
        if (!(value instanceof MatchValue.Column(MatchRow row, _, _))) {
            return 0; // of rows of the match
        }
        List<Integer> rows = row.isCurrent() ? tested : row.variables();
        return row.shift() >= 0 ? 0 : Math.max(0, -row.shift() - pattern.rowsBefore(rows) - row.offset());
    }

    /// Whether some value is taken from rows behind the one at hand, which may be still to come.
    public static boolean waitsForRows(MatchRecognize match) {
        return read(match).anyMatch(value -> (value instanceof MatchValue.Column(MatchRow row, _, _) && row.shift() > 0)
                || (value instanceof MatchValue.Classifier(MatchRow of) && of.shift() > 0));
    }

    /// Whether something of each partition stays when the watermark has passed all of its rows.
    public static boolean keepsPartitions(MatchRecognize match) {
        return !isBounded(match) || rowsBefore(match) > 0 || isNumbered(match);
    }

    /// Whether time ends every match that has begun.
    public static boolean isBounded(MatchRecognize match) {
        return match.pattern().within().isPresent() && !waitsForRows(match);
    }

    /// Whether a match is known by its number, which must then be remembered for ever.
    public static boolean isNumbered(MatchRecognize match) {
        return read(match).anyMatch(MatchValue.MatchNumber.class::isInstance);
    }
}
