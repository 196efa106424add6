package dev.thalweg.state.overlay;

import dev.thalweg.state.EncodedKeys;

/// A table as it was committed last, on disk: where the entries are that its [ResidentTable] has dropped.
///
/// **Thread** the one that uses the table, never two at once. Waits until all that was committed is there.
public interface StoredTable {
    /// Nothing is stored: for state that is never committed.
    StoredTable NONE = new StoredTable() {
        @Override
        public void fetch(EncodedKeys keys, int[] rows, int count, Visitor visitor) {}

        @Override
        public void scan(Visitor visitor) {}

        @Override
        public void scanThrough(long micros, Visitor visitor) {}
    };

    /// Looks keys up together and shows those that there are.
    ///
    /// @param rows which of the keys, each once
    /// @param count how many
    void fetch(EncodedKeys keys, int[] rows, int count, Visitor visitor);

    /// Shows every entry.
    void scan(Visitor visitor);

    /// Shows the entries whose leading event time is at or below `micros`, in order of time.
    void scanThrough(long micros, Visitor visitor);

    /// Is shown an entry, whose bytes are good until it returns. The value is the upper half of the hash, the fixed part, the
    /// tail.
    interface Visitor {
        void visit(int group, long key, int keyLength, long value, int valueLength);
    }
}
