package dev.thalweg.source.parquet;

import dev.thalweg.source.parquet.SchemaNode.Leaf;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/// Reads a leaf inside lists, maps or structs: the levels of some rows, and the values that are there, side by side.
final class LevelledLeaf implements AutoCloseable {
    private final Leaf leaf;
    private final ChunkPages pages;
    private byte[] pageDefinitions = new byte[0];
    private byte[] pageRepetitions = new byte[0];
    private int pageAt;
    private int pageEntries;

    /// Of the rows read last; the first `entries` count.
    byte[] definitions = new byte[0];
    byte[] repetitions = new byte[0];
    int entries;
    int present;

    LevelledLeaf(Leaf leaf, ValueForm form, FileChannel file, BufferAllocator allocator) {
        this.leaf = leaf;
        this.pages = new ChunkPages(file, leaf, form, allocator);
    }

    void open(ColumnChunk chunk) {
        pages.open(chunk);
        pageAt = 0;
        pageEntries = 0;
    }

    /// @param values where the values go; empty where only the levels are wanted
    void read(int rows, Optional<Filling> values) {
        entries = 0;
        present = 0;
        int rowsBegun = 0;
        boolean more = true;
        while (more && (pageAt < pageEntries || pages.hasMore())) {
            if (pageAt == pageEntries) {
                nextPage();
            }
            int from = pageAt;
            while (more && pageAt < pageEntries) {
                boolean begins = pageRepetitions[pageAt] == 0;
                more = !begins || rowsBegun < rows; // a row ends where the next one begins, perhaps pages later
                rowsBegun += begins && more ? 1 : 0;
                pageAt += more ? 1 : 0;
            }
            take(from, values);
            more &= leaf.repeats() > 0 || rowsBegun < rows;
        }
        if (rowsBegun < rows) {
            throw new DamagedFile("column " + leaf.name() + " has fewer rows than its row group");
        }
    }

    private void nextPage() {
        pageEntries = pages.next();
        pageAt = 0;
        if (pageDefinitions.length < pageEntries) {
            pageDefinitions = new byte[pageEntries];
            pageRepetitions = new byte[pageEntries];
        }
        if (leaf.repeats() > 0) {
            pages.repetitions().read(pageRepetitions, 0, pageEntries);
        }
        if (leaf.definition() > 0) {
            pages.definitions().read(pageDefinitions, 0, pageEntries);
        }
    }

    private void take(int from, Optional<Filling> values) {
        int count = pageAt - from;
        if (entries + count > definitions.length) {
            int length = Math.max(entries + count, 2 * definitions.length);
            definitions = Arrays.copyOf(definitions, length);
            repetitions = Arrays.copyOf(repetitions, length);
        }
        System.arraycopy(pageDefinitions, from, definitions, entries, count);
        System.arraycopy(pageRepetitions, from, repetitions, entries, count);
        int there = 0;
        for (int i = from; i < pageAt; i++) {
            there += pageDefinitions[i] == leaf.definition() ? 1 : 0;
        }
        if (there > 0 && values.isPresent()) {
            values.get().ensure(present + there);
            pages.values().read(values.get(), present, there);
        }
        entries += count;
        present += there;
    }

    @Override
    public void close() {
        pages.close();
    }
}
