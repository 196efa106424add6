package dev.thalweg.source.nexmark;

/// Random numbers without memory: the n-th draw of an event is always the same, whoever asks and in whatever order.
///
/// **Source** The mixing function is SplitMix64's: Steele, Lea, Flood, Fast splittable pseudorandom number generators, 2014.
final class Draw {
    private static final long EVENT_STEP = 0x9E3779B97F4A7C15L;
    private static final long DRAW_STEP = 0xD1342543DE82EF95L;

    private final long seed;

    Draw(long seed) {
        this.seed = mix(seed);
    }

    long bits(long event, int draw) {
        return mix(seed + event * EVENT_STEP + draw * DRAW_STEP);
    }

    /// Evenly from 0 to `bound`, exclusive.
    long below(long bound, long event, int draw) {
        return Math.unsignedMultiplyHigh(bits(event, draw), bound);
    }

    /// Evenly from 0 to 1, exclusive.
    double fraction(long event, int draw) {
        return (bits(event, draw) >>> 11) * 0x1.0p-53;
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
