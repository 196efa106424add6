package dev.thalweg.execution.operator.aggregate;

/// `min` or `max` whose value can also be set from outside: [CountedExtreme] finds it in a table of all values where rows
/// may be taken back.
interface Extreme extends Accumulator {
    /// Sets the value of a group from bytes that order as the values do, as [OrderedValues] writes them.
    void store(int slot, long value, long bytes, int length);

    /// The group has no value.
    void clear(int slot, long value);
}
