package dev.thalweg.spi.source;

import dev.thalweg.spi.data.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// The rows of a session's `memory` tables: what `MemoryStream.addData`, `createDataFrame` and `INSERT INTO` put in and
/// the `memory` source reads. The session owns it; a table is named by the option `memoryId`.
///
/// **Thread** Any.
public final class MemoryTables implements AutoCloseable {
    private final ConcurrentHashMap<String, Rows> tables = new ConcurrentHashMap<>();

    /// The table of that name, made empty at its first mention.
    public Rows table(String id) {
        return tables.computeIfAbsent(id, _ -> new Rows());
    }

    public boolean exists(String id) {
        return tables.containsKey(id);
    }

    public void drop(String id) {
        Rows rows = tables.remove(id);
        if (rows != null) {
            rows.close();
        }
    }

    @Override
    public void close() {
        List.copyOf(tables.keySet()).forEach(this::drop);
    }

    /// The batches of one table, in the order they came; they stay until the table is dropped.
    public static final class Rows implements AutoCloseable {
        private final List<Batch> batches = new ArrayList<>();
        private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();

        /// Takes over the reference. Tells everybody who listens.
        public void append(Batch batch) {
            synchronized (batches) {
                batches.add(batch);
            }
            listeners.forEach(Runnable::run);
        }

        public int size() {
            synchronized (batches) {
                return batches.size();
            }
        }

        /// A new reference to batch number `index`; the caller closes it.
        public Batch get(int index) {
            synchronized (batches) {
                return batches.get(index).retain();
            }
        }

        public void onAppend(Runnable listener) {
            listeners.add(listener);
        }

        public void removeListener(Runnable listener) {
            listeners.remove(listener);
        }

        @Override
        public void close() {
            synchronized (batches) {
                batches.forEach(Batch::close);
                batches.clear();
            }
        }
    }
}
