package dev.thalweg.execution.operator.aggregate;

/// What pairs of numbers come to: covariance, correlation and the straight line `y = slope * x + intercept` nearest to them.
/// NULL as in Spark: for too few pairs, and for a line through pairs that all have the same x.
enum Pairing {
    CORR, COVAR_POP, COVAR_SAMP, REGR_AVGX, REGR_AVGY, REGR_COUNT, REGR_INTERCEPT, REGR_R2, REGR_SLOPE, REGR_SXX, REGR_SXY, REGR_SYY;

    /// Sums over pairs: of x and y their means; of squared differences from the means, and of the products of both.
    record Sums(long count, double meanX, double meanY, double xx, double yy, double xy) {
        private double slope() {
            return xy / xx;
        }
    }

    /// Whether the answer is NULL.
    ///
    /// @param flatX whether all x are equal
    /// @param flatY whether all y are equal
    boolean isNull(long count, boolean flatX, boolean flatY) {
        return switch (this) {
            case REGR_COUNT -> false;
            case COVAR_POP, REGR_AVGX, REGR_AVGY, REGR_SXX, REGR_SXY, REGR_SYY -> count <= 0;
            case COVAR_SAMP -> count <= 1;
            case CORR -> count <= 1 || flatX || flatY;
            case REGR_INTERCEPT, REGR_R2, REGR_SLOPE -> count <= 1 || flatX;
        };
    }

    double of(Sums sums) {
        return switch (this) {
            case REGR_COUNT -> sums.count();
            case COVAR_POP -> sums.xy() / sums.count();
            case COVAR_SAMP -> sums.xy() / (sums.count() - 1);
            case CORR -> sums.xy() / Math.sqrt(sums.xx()) / Math.sqrt(sums.yy());
            case REGR_AVGX -> sums.meanX();
            case REGR_AVGY -> sums.meanY();
            case REGR_SXX -> sums.xx();
            case REGR_SXY -> sums.xy();
            case REGR_SYY -> sums.yy();
            case REGR_SLOPE -> sums.slope();
            case REGR_INTERCEPT -> sums.meanY() - sums.slope() * sums.meanX();
            case REGR_R2 -> sums.yy() == 0 ? 1 : sums.xy() / sums.xx() * (sums.xy() / sums.yy());
        };
    }
}
