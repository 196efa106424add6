package dev.thalweg.state;

import dev.thalweg.spi.error.InvalidOption;

/// How a store of state uses memory and disk.
///
/// @param residentBytesMax off-heap bytes that all tables of a query may hold, setting `thalweg.state.residentBytesMax`
/// @param cacheBytesMax off-heap bytes that they may hold between triggers, half of the former by default; over it, entries
///        are dropped that can be read again from disk, setting `thalweg.state.cacheBytesMax`
/// @param applyBytes bytes of changes that gather before they are brought to RocksDB together
/// @param lagBytesMax bytes of changes that may wait for RocksDB; a trigger that finds more waits
/// @param snapshotLogBytes bytes of log after which a snapshot is written: a restart replays no more than about twice that,
///        setting `thalweg.state.snapshotLogBytes`
/// @param snapshotsRetained snapshots kept, setting `thalweg.state.snapshotsRetained`; the oldest is how far back a query
///        can be recovered
public record StateSettings(long residentBytesMax, long cacheBytesMax, long applyBytes, long lagBytesMax,
        long snapshotLogBytes,
        int snapshotsRetained) {
    private static final long RESIDENT_BYTES_MIN = 1 << 20;
    public static final StateSettings DEFAULT = new StateSettings(4L << 30, 2L << 30, 8L << 20, 64L << 20, 64L << 20,
            2);

    public StateSettings {
        check("thalweg.state.residentBytesMax", residentBytesMax, RESIDENT_BYTES_MIN);
        check("thalweg.state.cacheBytesMax", cacheBytesMax, 0);
        check("thalweg.state.applyBytes", applyBytes, 1);
        check("thalweg.state.lagBytesMax", lagBytesMax, applyBytes);
        check("thalweg.state.snapshotLogBytes", snapshotLogBytes, 1);
        check("thalweg.state.snapshotsRetained", snapshotsRetained, 1);
    }

    /// These, with tables that leave a quarter of a query's memory to its batches.
    ///
    /// @param queryBytesMax off-heap bytes that the query may hold
    public StateSettings within(long queryBytesMax) {
        long resident = Math.min(residentBytesMax, Math.max(RESIDENT_BYTES_MIN, queryBytesMax - queryBytesMax / 4));
        return new StateSettings(resident, Math.min(cacheBytesMax, resident / 2), applyBytes, lagBytesMax,
                snapshotLogBytes, snapshotsRetained);
    }

    private static void check(String setting, long value, long min) {
        if (value < min) {
            throw new InvalidOption(setting, value, "a whole number from " + min + " up");
        }
    }
}
