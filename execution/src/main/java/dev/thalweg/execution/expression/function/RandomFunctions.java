package dev.thalweg.execution.expression.function;

import dev.thalweg.execution.expression.EvaluationContext;
import dev.thalweg.execution.expression.NonDeterministic;
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
/// A seed in the call is accepted and passed over: the trigger's makes the numbers repeatable already.
public final class RandomFunctions {
    private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private RandomFunctions() {}

    @NonDeterministic
    public static double rand(EvaluationContext context) {
        return context.random().nextDouble();
    }

    @NonDeterministic
    public static double rand(EvaluationContext context, long seed) {
        return rand(context);
    }

    @NonDeterministic
    public static double randn(EvaluationContext context) {
        return context.random().nextGaussian();
    }

    @NonDeterministic
    public static double randn(EvaluationContext context, long seed) {
        return randn(context);
    }

    @NonDeterministic
    public static int uniform(EvaluationContext context, int low, int high) {
        return (int) Math.floor(uniform(context, (double) low, (double) high));
    }

    @NonDeterministic
    public static int uniform(EvaluationContext context, int low, int high, long seed) {
        return uniform(context, low, high);
    }

    @NonDeterministic
    public static double uniform(EvaluationContext context, double low, double high) {
        return low + (high - low) * context.random().nextDouble();
    }

    @NonDeterministic
    public static double uniform(EvaluationContext context, double low, double high, long seed) {
        return uniform(context, low, high);
    }

    @NonDeterministic
    public static String randstr(EvaluationContext context, int length) {
        if (length < 0) {
            throw Reject.argument("randstr", "length", length, "0 or more");
        }
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(context.random().nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    @NonDeterministic
    public static String randstr(EvaluationContext context, int length, long seed) {
        return randstr(context, length);
    }

    @NonDeterministic
    public static String uuid(EvaluationContext context) {
        RandomGenerator random = context.random();
        long high = (random.nextLong() & ~0xF000L) | 0x4000L; // version 4: random
        long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }

    @NonDeterministic
    public static List<@Nullable Object> shuffle(EvaluationContext context, List<@Nullable Object> array) {
        List<@Nullable Object> shuffled = new ArrayList<>(array);
        Collections.shuffle(shuffled, java.util.Random.from(context.random()));
        return shuffled;
    }

    @NonDeterministic
    public static List<@Nullable Object> shuffle(EvaluationContext context, List<@Nullable Object> array, long seed) {
        return shuffle(context, array);
    }
}
