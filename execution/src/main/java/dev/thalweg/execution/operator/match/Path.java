package dev.thalweg.execution.operator.match;

/// The rows of a match that has begun, from the last one back to the first. They lie one behind the other in the partition.
///
/// Never changes, so that several ways on share what they have in common.
final class Path {
    private final int place;
    private final int variable;
    private final boolean shown;
    private final int length;
    private final Path before;

    private Path(int place, int variable, boolean shown, int length, Path before) {
        this.place = place;
        this.variable = variable;
        this.shown = shown;
        this.length = length;
        this.before = before;
    }

    /// Without rows.
    private Path(int start) {
        this.place = start - 1;
        this.variable = -1;
        this.shown = false;
        this.length = 0;
        this.before = this;
    }

    /// The path that begins at a place and has no row yet.
    static Path at(int start) {
        return new Path(start);
    }

    Path with(int label, boolean isShown) {
        return new Path(place + 1, label, isShown, length + 1, this);
    }

    boolean isEmpty() {
        return length == 0;
    }

    /// How many rows it has.
    int length() {
        return length;
    }

    /// Of its last row; of an empty path the place before its first.
    int place() {
        return place;
    }

    /// Where it begins.
    int start() {
        return place - length + 1;
    }

    /// That its last row bears.
    int variable() {
        return variable;
    }

    /// Whether its last row comes out where all rows do.
    boolean isShown() {
        return shown;
    }

    /// Without its last row; of an empty path itself.
    Path before() {
        return before;
    }
}
