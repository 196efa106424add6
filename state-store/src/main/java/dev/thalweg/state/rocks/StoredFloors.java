package dev.thalweg.state.rocks;

import dev.thalweg.state.KeyGroups;
import java.util.Arrays;

/// From which event time on each key group of a table has entries in the database. Below lies what was deleted, through
/// which a reader that began at the beginning would wade until RocksDB has compacted it.
final class StoredFloors {
    private final long[] times = new long[KeyGroups.COUNT];

    StoredFloors() {
        Arrays.fill(times, Long.MIN_VALUE);
    }

    synchronized long time(int group) {
        return times[group];
    }

    synchronized void raise(int group, long through) {
        times[group] = Math.max(times[group], through == Long.MAX_VALUE ? through : through + 1);
    }

    /// An entry is put, perhaps below what was freed. Where nothing was, the key need not begin with a time.
    synchronized void put(int group, long key) {
        if (times[group] != Long.MIN_VALUE) {
            times[group] = Math.min(times[group], Expiry.time(key));
        }
    }
}
