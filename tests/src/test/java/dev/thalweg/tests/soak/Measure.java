package dev.thalweg.tests.soak;

/// What is read off a running query, and by how much its peak may differ from one third of a run to the next and still count as
/// the same: rows and what they take vary as the rows drawn do; a log is cut when a snapshot has been written, now sooner and now
/// later, and one that is hardly written is never cut, and grows by a few megabytes; heap and process have other tenants; of
/// processor time the JIT compiler and snapshots take a share now and then.
enum Measure {
    ROWS(0.05, 50), STATE_BYTES(0.05, 1 << 20), CHECKPOINT_BYTES(0.25, 16 << 20), CHECKPOINT_FILES(0.25,
            8), CPU_MILLIS(0.25, 1_000), HEAP_BYTES(0.10, 4 << 20), PROCESS_BYTES(0.10, 64 << 20);

    private final double share;
    private final long slack;

    Measure(double share, long slack) {
        this.share = share;
        this.slack = slack;
    }

    boolean isFlat(long before, long after) {
        return after <= before * (1 + share) + slack;
    }
}
