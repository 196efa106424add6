package dev.thalweg.state.rocks;

import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.KeyGroups;
import dev.thalweg.state.rocks.ChangeSection.TableChanges;

/// Up to which event time the entries of each key group have been freed.
final class Expiry {
    static final Expiry NONE = new Expiry(new boolean[KeyGroups.COUNT], new long[KeyGroups.COUNT]);

    private final boolean[] any;
    private final long[] through;

    private Expiry(boolean[] any, long[] through) {
        this.any = any;
        this.through = through;
    }

    /// This, and what the changes free.
    Expiry and(TableChanges changes) {
        if (!changes.expires()) {
            return this;
        }
        Expiry both = new Expiry(any.clone(), through.clone());
        KeyGroups groups = changes.section().groups();
        for (int group = groups.first(); group <= groups.last(); group++) {
            both.through[group] = any[group] ? Math.max(through[group], changes.through()) : changes.through();
            both.any[group] = true;
        }
        return both;
    }

    boolean freesAny() {
        return this != NONE;
    }

    boolean frees(int group) {
        return any[group];
    }

    long through(int group) {
        return through[group];
    }

    boolean frees(int group, long keyAddress) {
        return any[group] && time(keyAddress) <= through[group];
    }

    static long time(long keyAddress) {
        return Long.reverseBytes(Memory.getLong(keyAddress)) ^ Long.MIN_VALUE;
    }
}
