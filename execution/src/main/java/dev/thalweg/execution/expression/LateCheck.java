package dev.thalweg.execution.expression;

/// The refusal of late rows on behalf of the stateful operator that a stage feeds: a TIMESTAMP column of the stage's output
/// is held against the operator's watermark W. NULL is never late.
///
/// A row is reported late once, even if several of its copies for windows and grouping sets are refused. Rows that a generator
/// makes are rows of their own, each reported as the input row it was made of (docs/decisions/0016).
///
/// @param column of the stage's output
public record LateCheck(int column, Rule rule) {
    public enum Rule {
        /// Late when `value <= W`: a bare event time, the end of a window.
        AT_OR_BELOW,
        /// Late when `value < W`: a row of a session.
        BELOW
    }

    public static LateCheck atOrBelow(int column) {
        return new LateCheck(column, Rule.AT_OR_BELOW);
    }
}
