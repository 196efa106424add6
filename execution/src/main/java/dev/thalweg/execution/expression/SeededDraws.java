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
    private @Nullable EvaluationContext part;
    private @Nullable Random random;
    private @Nullable RowIds ids;
    private long nextId;

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

    /// The number of the next row.
    @SuppressWarnings("ReferenceEquality") // as above
    public long next(EvaluationContext context) {
        RowIds current = context.rowIds();
        if (ids != current) {
            ids = current;
            nextId = current.first();
        }
        long id = current.checked(nextId);
        nextId += current.step();
        return id;
    }
}
