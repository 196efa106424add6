package dev.thalweg.tests.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/// A fixed piece of work, so that figures of different machines and hours can be set beside each other: as ratios to it.
///
/// Half arithmetic, half memory: a table of 32 MB is hashed into at random places. What counts is the processor's time, so
/// that other work on the machine weighs on it as it does on the engines.
final class ReferenceLoop {
    private static final int SLOTS = 1 << 22;
    private static final int STEPS = 40_000_000;
    private static final int TIMES = 5;

    private ReferenceLoop() {}

    /// The fastest of several runs.
    static double seconds() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long[] table = new long[SLOTS];
        long least = Long.MAX_VALUE;
        for (int time = 0; time < TIMES; time++) {
            long start = threads.getCurrentThreadCpuTime();
            long key = time;
            for (int step = 0; step < STEPS; step++) {
                key = key * 0x9E3779B97F4A7C15L + step;
                table[(int) (key >>> 42)] += key;
            }
            least = Math.min(least, threads.getCurrentThreadCpuTime() - start);
        }
        return table[0] == 1 ? 0 : least / 1e9; // the table is looked at, so the work must be done
    }
}
