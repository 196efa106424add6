package dev.thalweg.state;

import dev.thalweg.spi.error.Unavailable;
import java.util.concurrent.atomic.AtomicLong;

/// The bytes that all tables of a query hold: when to drop what RocksDB has too, and where it ends: a clear error instead
/// of a process out of memory.
final class ResidentBudget {
    private static final int NEAR_TRIGGERS = 16;

    private final StateSettings settings;
    private final MemoryCharge query;
    private final AtomicLong bytes = new AtomicLong();
    private long began;
    private long lastGrowth;

    ResidentBudget(StateSettings settings, MemoryCharge query) {
        this.settings = settings;
        this.query = query;
    }

    MemoryCharge forTable(String table) {
        return new TableCharge(table);
    }

    long bytes() {
        return bytes.get();
    }

    /// Whether more is held than may be between triggers.
    boolean isOver() {
        return bytes.get() > bytesKeptMax();
    }

    /// Whether half of what may be held is, and a few triggers like the last, or a little, lead to more. State that keeps its size
    /// is left alone, however large: to bring each trigger's changes to RocksDB on their own costs more than all else.
    boolean isNearlyOver() {
        long max = bytesKeptMax();
        long held = bytes.get();
        return held > max / 2 && (held + NEAR_TRIGGERS * lastGrowth > max || held > max - max / 8);
    }

    /// What may be held between triggers, so that another trigger like the last, and a quarter more, still fits.
    long bytesKeptMax() {
        long room = settings.residentBytesMax() - lastGrowth - lastGrowth / 4;
        return Math.min(settings.cacheBytesMax(), Math.max(0, room));
    }

    /// A trigger is over; before anything is dropped.
    void noteGrowth() {
        lastGrowth = Math.max(0, bytes.get() - began);
    }

    /// The next trigger begins from what is held now.
    void begin() {
        began = bytes.get();
    }

    private final class TableCharge implements MemoryCharge {
        private final String table;

        TableCharge(String table) {
            this.table = table;
        }

        @Override
        public void charge(long more) {
            long held = bytes.addAndGet(more);
            if (more > 0 && held > settings.residentBytesMax()) {
                bytes.addAndGet(-more);
                throw new Unavailable("THW-4502", "State table '" + table + "' needs " + more
                        + " more bytes in this trigger, but the tables of this query already hold " + (held - more)
                        + " of " + settings.residentBytesMax()
                        + ". What earlier triggers left may wait on disk, but all"
                        + " that one trigger changes must fit. Take less in a trigger (such as maxFilesPerTrigger), raise"
                        + " thalweg.state.residentBytesMax, or let state be freed (a watermark on its keys, a smaller"
                        + " window); a restarted query goes on where it was.");
            }
            try {
                query.charge(more);
            } catch (RuntimeException e) {
                bytes.addAndGet(-more);
                throw e;
            }
        }

        @Override
        public boolean isShort() {
            return bytes.get() > settings.residentBytesMax() / 8 * 7;
        }
    }
}
