package dev.thalweg.execution.expression;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/// What one call that depends on the rows before draws its numbers from.
///
/// For a call with a seed, such as `rand(42)`, each part of the input has a generator of its own, as in Spark, seeded with the
/// seed plus the part's number. So a query gives the same numbers in each run over the same splits, and two calls with one
/// seed give the same number in a row. For `monotonically_increasing_id` the rows of each part are counted.
///
/// A function that declares it as its first parameter is handed one that no other call has.
/// **Thread** the stage's.
public final class SeededDraws {
    private static final int ROW_BITS = 33;

    private @Nullable EvaluationContext part;
    private @Nullable Random random;
    private @Nullable EvaluationContext counted;
    private long rows;

    /// The generator as it is after the rows of this part so far.
    ///
    /// @param seed the same in every row: the planner takes no other
    @SuppressWarnings("ReferenceEquality") // each part, in each trigger, has a context of its own
    public Random in(EvaluationContext context, long seed) {
        Random current = random;
        if (current == null || part != context) {
            current = new XorShiftRandom(seed + context.seedOffset());
            random = current;
            part = context;
        }
        return current;
    }

    /// The number of the part, and in the lower 33 bits that of the row in it.
    @SuppressWarnings("ReferenceEquality") // as above
    public long next(EvaluationContext context) {
        if (counted != context) {
            counted = context;
            rows = context.partNumber() << ROW_BITS;
        }
        return rows++;
    }
}
