package dev.thalweg.execution.operator.join;

/// What a side of a join keeps of equal rows.
public enum Keeps {
    /// One entry, with how often the row is there.
    COUNTED,
    /// An entry each: no row is taken back, and hardly two are equal.
    EACH_APART,
    /// One entry, and whoever is equal is no row of the side: it is a set, to which rows are only added.
    EACH_ONCE
}
