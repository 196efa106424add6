package dev.thalweg.tests.bench;

/// A fixed piece of work, so that figures of different machines and hours can be set beside each other: as ratios to it.
///
/// Half arithmetic, half memory: a table of 32 MB is hashed into at random places.
final class ReferenceLoop {
    private static final int SLOTS = 1 << 22;
    private static final int STEPS = 40_000_000;
    private static final int TIMES = 5;

    private ReferenceLoop() {}

    /// The fastest of several runs.
    static double seconds() {
        long[] table = new long[SLOTS];
        long least = Long.MAX_VALUE;
        for (int time = 0; time < TIMES; time++) {
            long start = System.nanoTime();
            long key = time;
            for (int step = 0; step < STEPS; step++) {
                key = key * 0x9E3779B97F4A7C15L + step;
                table[(int) (key >>> 42)] += key;
            }
            least = Math.min(least, System.nanoTime() - start);
        }
        return table[0] == 1 ? 0 : least / 1e9; // the table is looked at, so the work must be done
    }
}
