package dev.thalweg.execution.operator.aggregate;

/// How values lie around their mean: to one side (`skewness`), far out (`kurtosis`). NULL where all of them are equal, as in
/// Spark.
enum Shape {
    SKEWNESS, KURTOSIS;

    /// @param squares the sum of the squared differences from the mean, not 0; the same of their cubes and fourth powers
    double of(long count, double squares, double cubes, double fourths) {
        return switch (this) {
            case SKEWNESS -> Math.sqrt(count) * cubes / (squares * Math.sqrt(squares));
            case KURTOSIS -> count * fourths / (squares * squares) - 3;
        };
    }
}
