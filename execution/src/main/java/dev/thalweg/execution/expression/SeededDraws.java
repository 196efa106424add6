package dev.thalweg.execution.expression;

import dev.thalweg.spi.error.InvalidQuery;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// What one call with a seed, such as `rand(42)`, draws its numbers from, as Spark does: each part of the input has a
/// generator of its own, seeded with the seed plus the part's number. So a query gives the same numbers in each run over the
/// same splits, and two calls with one seed give the same number in a row.
///
/// A function that declares it as its first parameter is handed one that no other call has.
/// **Thread** the stage's.
public final class SeededDraws {
    private @Nullable EvaluationContext part;
    private @Nullable Random random;
    private long seed;

    /// The generator as it is after the rows of this part so far.
    ///
    /// **Errors** `THW-4005` when the seed is not the same in every row
    @SuppressWarnings("ReferenceEquality") // each part, in each trigger, has a context of its own
    public Random in(EvaluationContext context, long wanted) {
        Random current = random;
        if (current == null || part != context) {
            current = new XorShiftRandom(wanted + context.part());
            random = current;
            part = context;
            seed = wanted;
        }
        if (wanted != seed) {
            throw new InvalidQuery("THW-4005", "The seed of a random function is " + seed + " in one row and " + wanted
                    + " in another, but one sequence of numbers has one seed. Write a constant, such as rand(42).");
        }
        return current;
    }
}
