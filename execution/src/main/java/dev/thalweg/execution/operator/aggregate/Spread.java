package dev.thalweg.execution.operator.aggregate;

/// The four measures of spread. Over one value the sample's is NULL, as in Spark.
enum Spread {
    VAR_POP(false, false), VAR_SAMP(true, false), STDDEV_POP(false, true), STDDEV_SAMP(true, true);

    private final boolean sample;
    private final boolean root;

    Spread(boolean sample, boolean root) {
        this.sample = sample;
        this.root = root;
    }

    boolean isNull(long count) {
        return count <= 0 || (sample && count == 1);
    }

    /// @param squares the sum of the squared differences from the mean
    double of(double squares, long count) {
        double variance = squares / (sample ? count - 1 : count);
        return root ? Math.sqrt(variance) : variance;
    }
}
