package dev.thalweg.execution.expression.function;

import dev.thalweg.execution.expression.EvaluationContext;
import dev.thalweg.execution.expression.NonDeterministic;
import dev.thalweg.execution.expression.SeededDraws;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Numbers drawn from the trigger's seed. Those of rows as they are read, in the order of their split, are the same when the
/// trigger runs again; those of rows behind an exchange go by the order in which rows get there, which is another each time.
/// A trigger whose output anybody can have seen does not run again, unless its sink acts at once (foreachBatch, console).
///
/// With a seed in the call they are drawn from [SeededDraws]: the same in each run, and but for `shuffle` the same as Spark's
/// for the same rows in the same splits.
public final class RandomFunctions {
    private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private RandomFunctions() {}

    @NonDeterministic
    public static double rand(EvaluationContext context) {
        return context.random().nextDouble();
    }

    @NonDeterministic
    public static double rand(SeededDraws draws, EvaluationContext context, long seed) {
        return draws.in(context, seed).nextDouble();
    }

    @NonDeterministic
    public static double randn(EvaluationContext context) {
        return context.random().nextGaussian();
    }

    @NonDeterministic
    public static double randn(SeededDraws draws, EvaluationContext context, long seed) {
        return draws.in(context, seed).nextGaussian();
    }

    @NonDeterministic
    public static int uniform(EvaluationContext context, int low, int high) {
        return (int) between(low, high, context.random());
    }

    @NonDeterministic
    public static int uniform(SeededDraws draws, EvaluationContext context, int low, int high, long seed) {
        return (int) between(low, high, draws.in(context, seed));
    }

    @NonDeterministic
    public static long uniform(EvaluationContext context, long low, long high) {
        return (long) between((double) low, (double) high, context.random());
    }

    @NonDeterministic
    public static long uniform(SeededDraws draws, EvaluationContext context, long low, long high, long seed) {
        return (long) between((double) low, (double) high, draws.in(context, seed));
    }

    @NonDeterministic
    public static double uniform(EvaluationContext context, double low, double high) {
        return between(low, high, context.random());
    }

    @NonDeterministic
    public static double uniform(SeededDraws draws, EvaluationContext context, double low, double high, long seed) {
        return between(low, high, draws.in(context, seed));
    }

    /// Cut towards zero, as Spark does, where a whole number is wanted.
    private static double between(double low, double high, RandomGenerator random) {
        return low + (high - low) * random.nextDouble();
    }

    @NonDeterministic
    public static String randstr(EvaluationContext context, int length) {
        return text(length, context.random());
    }

    @NonDeterministic
    public static String randstr(SeededDraws draws, EvaluationContext context, int length, long seed) {
        return text(length, draws.in(context, seed));
    }

    private static String text(int length, RandomGenerator random) {
        if (length < 0) {
            throw Reject.argument("randstr", "length", length, "0 or more");
        }
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(Math.abs(random.nextInt() % ALPHABET.length())));
        }
        return text.toString();
    }

    @NonDeterministic
    public static String uuid(EvaluationContext context) {
        RandomGenerator random = context.random();
        long high = (random.nextLong() & ~0xF000L) | 0x4000L; // version 4: random
        long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }

    /// Different in each row of a query, and growing within a part of the input: see [dev.thalweg.execution.expression.RowIds].
    @NonDeterministic
    public static long monotonicallyIncreasingId(SeededDraws draws, EvaluationContext context) {
        return draws.next(context);
    }

    @NonDeterministic
    public static List<@Nullable Object> shuffle(EvaluationContext context, List<@Nullable Object> array) {
        return shuffled(array, context.random());
    }

    @NonDeterministic
    public static List<@Nullable Object> shuffle(SeededDraws draws, EvaluationContext context,
            List<@Nullable Object> array, long seed) {
        return shuffled(array, draws.in(context, seed));
    }

    private static List<@Nullable Object> shuffled(List<@Nullable Object> array, RandomGenerator random) {
        List<@Nullable Object> shuffled = new ArrayList<>(array);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }
}
