package dev.thalweg.tests.law;

import java.util.List;
import java.util.Random;

/// Draws, all from one seed.
final class Dice {
    private final Random random;

    Dice(long seed) {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L + 17);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /// From 0 up to, not including, `bound`.
    int below(int bound) {
        return random.nextInt(bound);
    }

    int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    /// Low numbers are drawn more often.
    int skewed(int bound) {
        return Math.min(random.nextInt(bound), random.nextInt(bound));
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    @SafeVarargs
    final <T> T of(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
