package dev.thalweg.state;

import dev.thalweg.spi.error.InvalidOption;

/// How a store of state uses memory and disk.
///
/// @param residentBytesMax off-heap bytes that all tables of a query may hold, setting `thalweg.state.residentBytesMax`
/// @param cacheBytesMax off-heap bytes that they may hold between triggers, half of the former by default; over it, entries
///        are dropped that can be read again from disk, setting `thalweg.state.cacheBytesMax`
/// @param snapshotLogBytes bytes of log after which RocksDB is brought forward and a snapshot is written: a restart replays no
///        more than about twice that, setting `thalweg.state.snapshotLogBytes`
/// @param followsState whether more log may gather where the tables hold more than a third of that: three times as many bytes as
///        they hold, up to 1 GiB, so that the cost of a snapshot is shared by all that changed since the last one
/// @param snapshotsRetained snapshots kept, setting `thalweg.state.snapshotsRetained`; the oldest is how far back a query
///        can be recovered
public record StateSettings(long residentBytesMax, long cacheBytesMax, long snapshotLogBytes, boolean followsState,
        int snapshotsRetained) {
    private static final long RESIDENT_BYTES_MIN = 1 << 20;
    /// A restart, and whoever waits for RocksDB, has no more log before him than about twice this.
    private static final int FOLLOWED_TIMES = 3;
    private static final long FOLLOWED_BYTES_MAX = 1 << 30;
    public static final StateSettings DEFAULT = new StateSettings(4L << 30, 2L << 30, 64L << 20, true, 2);

    public StateSettings {
        check("thalweg.state.residentBytesMax", residentBytesMax, RESIDENT_BYTES_MIN);
        check("thalweg.state.cacheBytesMax", cacheBytesMax, 0);
        check("thalweg.state.snapshotLogBytes", snapshotLogBytes, 1);
        check("thalweg.state.snapshotsRetained", snapshotsRetained, 1);
    }

    /// Bytes of log after which a snapshot is due.
    ///
    /// @param stateBytes that the tables hold
    long snapshotDueBytes(long stateBytes) {
        return followsState
                ? Math.max(snapshotLogBytes, Math.min(FOLLOWED_TIMES * stateBytes, FOLLOWED_BYTES_MAX))
                : snapshotLogBytes;
    }

    /// These, with tables that leave a quarter of a query's memory to its batches.
    ///
    /// @param queryBytesMax off-heap bytes that the query may hold
    public StateSettings within(long queryBytesMax) {
        long resident = Math.min(residentBytesMax, Math.max(RESIDENT_BYTES_MIN, queryBytesMax - queryBytesMax / 4));
        return new StateSettings(resident, Math.min(cacheBytesMax, resident / 2), snapshotLogBytes, followsState,
                snapshotsRetained);
    }

    private static void check(String setting, long value, long min) {
        if (value < min) {
            throw new InvalidOption(setting, value, "a whole number from " + min + " up");
        }
    }
}
