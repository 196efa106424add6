package dev.thalweg.execution.exchange;

import dev.thalweg.spi.data.Batch;
import java.util.ArrayList;
import java.util.List;

/// Batches that wait, in order of arrival, with their rows and bytes counted so that the wait can be bounded.
///
/// **Thread** one at a time; whoever hands it on lets go of it.
public final class Inbox implements AutoCloseable {
    private final List<Batch> batches = new ArrayList<>();
    private long rows;
    private long bytes;

    /// Takes over the reference.
    public void add(Batch batch) {
        batches.add(batch);
        rows += batch.rowCount();
        bytes += bytes(batch);
    }

    /// Takes over everything that waits in `other`.
    public void addAll(Inbox other) {
        batches.addAll(other.batches);
        rows += other.rows;
        bytes += other.bytes;
        other.forget();
    }

    /// The batches that wait; the caller takes them over and the inbox is empty.
    public List<Batch> take() {
        List<Batch> taken = List.copyOf(batches);
        forget();
        return taken;
    }

    private void forget() {
        batches.clear();
        rows = 0;
        bytes = 0;
    }

    public boolean isEmpty() {
        return batches.isEmpty();
    }

    public long rows() {
        return rows;
    }

    /// About how much memory waits here: a view counts for its share of the rows.
    public long bytes() {
        return bytes;
    }

    private static long bytes(Batch batch) {
        long whole = 0;
        for (int column = 0; column < batch.columnCount(); column++) {
            whole += batch.column(column).bytes();
        }
        return batch.hasSelection() ? whole * batch.rowCount() / Math.max(1, batch.vectorRows()) : whole;
    }

    @Override
    public void close() {
        List<Batch> left = take();
        left.forEach(Batch::close);
    }
}
