package dev.thalweg.state;

import dev.thalweg.spi.error.InvalidOption;

/// How a store of state uses memory and disk.
///
/// @param residentBytesMax off-heap bytes that all tables of a query may hold, setting `thalweg.state.residentBytesMax`
/// @param applyBytes bytes of changes that gather before they are brought to RocksDB together
/// @param lagBytesMax bytes of changes that may wait for RocksDB; a trigger that finds more waits
/// @param snapshotLogBytes bytes of log after which a snapshot is written: a restart replays no more than about twice that,
///        setting `thalweg.state.snapshotLogBytes`
/// @param snapshotsRetained snapshots kept, setting `thalweg.state.snapshotsRetained`; the oldest is how far back a query
///        can be recovered
public record StateSettings(long residentBytesMax, long applyBytes, long lagBytesMax, long snapshotLogBytes,
        int snapshotsRetained) {
    public static final StateSettings DEFAULT = new StateSettings(4L << 30, 8L << 20, 64L << 20, 64L << 20, 2);

    public StateSettings {
        check("thalweg.state.residentBytesMax", residentBytesMax, 1 << 20);
        check("thalweg.state.applyBytes", applyBytes, 1);
        check("thalweg.state.lagBytesMax", lagBytesMax, applyBytes);
        check("thalweg.state.snapshotLogBytes", snapshotLogBytes, 1);
        check("thalweg.state.snapshotsRetained", snapshotsRetained, 1);
    }

    private static void check(String setting, long value, long min) {
        if (value < min) {
            throw new InvalidOption(setting, value, "a whole number from " + min + " up");
        }
    }
}
