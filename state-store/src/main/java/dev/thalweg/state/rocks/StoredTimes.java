package dev.thalweg.state.rocks;

import dev.thalweg.state.KeyGroups;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// The entries of one table up to an event time, in order of time: the key groups merged, as time orders keys only within
/// each.
final class StoredTimes implements AutoCloseable {
    private final PriorityQueue<StoredEntries> waiting = new PriorityQueue<>(
            Comparator.comparingLong(StoredTimes::time).thenComparingInt(StoredEntries::group));
    private final List<StoredEntries> opened = new ArrayList<>();
    private final long through;
    private @Nullable StoredEntries current;

    StoredTimes(TaskDatabase database, String table, KeyGroups groups, long through) {
        this.through = through;
        try {
            for (int group = groups.first(); group <= groups.last(); group++) {
                StoredEntries entries = database.timedEntries(table, group);
                opened.add(entries);
                advance(entries);
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void advance(StoredEntries entries) {
        if (entries.next() && time(entries) <= through) {
            waiting.add(entries);
        } else {
            entries.close();
            opened.remove(entries);
        }
    }

    private static long time(StoredEntries entries) {
        return Expiry.time(entries.keyAddress());
    }

    boolean next() {
        if (current != null) {
            advance(current);
        }
        current = waiting.poll();
        return current != null;
    }

    StoredEntries entry() {
        if (current == null) {
            throw new IllegalStateException("next() comes first");
        }
        return current;
    }

    @Override
    public void close() {
        opened.forEach(StoredEntries::close);
        opened.clear();
    }
}
