package dev.thalweg.state.rocks;

import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.overlay.StoredTable;

/// A table of a task in RocksDB, read when all that was committed has been applied.
final class StoredVersion implements StoredTable {
    private final StoredTask task;
    private final String table;
    private final Runnable awaitApplied;

    StoredVersion(StoredTask task, String table, Runnable awaitApplied) {
        this.task = task;
        this.table = table;
        this.awaitApplied = awaitApplied;
    }

    @Override
    public void fetch(EncodedKeys keys, int[] rows, int count, Visitor visitor) {
        awaitApplied.run();
        task.database().ifPresent(database -> database.fetch(table, keys, rows, count, visitor));
    }

    @Override
    public void scan(Visitor visitor) {
        awaitApplied.run();
        task.database().ifPresent(database -> {
            try (StoredEntries entries = database.entries(table, task.groups())) {
                while (entries.next()) {
                    show(entries, visitor);
                }
            }
        });
    }

    @Override
    public void scanThrough(long micros, Visitor visitor) {
        awaitApplied.run();
        task.database().ifPresent(database -> {
            try (StoredTimes times = new StoredTimes(database, table, task.groups(), micros)) {
                while (times.next()) {
                    show(times.entry(), visitor);
                }
            }
        });
    }

    private static void show(StoredEntries entry, Visitor visitor) {
        visitor.visit(entry.group(), entry.keyAddress(), entry.keyLength(), entry.valueAddress(), entry.valueLength());
    }
}
