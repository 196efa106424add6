package dev.thalweg.source.parquet;

/// The values of one data page, NULLs left out, read in order.
interface Values {
    /// How many values are taken through the scratch at once.
    int STEP = 1024;

    /// Writes the next values side by side.
    ///
    /// @param at the row of the first one
    void read(Filling into, int at, int count);
}
