package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.spi.data.Field;
import org.apache.arrow.vector.FieldVector;

/// What one aggregate call keeps for each group, how rows change it, and what it comes to.
///
/// The fixed part lies at an offset, given at construction, of the group's value in state; zeros are the state of a group
/// without rows.
interface Accumulator extends AutoCloseable {
    /// Bytes of the fixed part, a multiple of 8.
    int valueBytes();

    /// Takes in the rows of a batch that count for the call: not null where nulls do not count, and let through by its
    /// FILTER.
    void add(CallRows rows);

    /// Takes in what other tasks have folded already: a group's whole fixed part, laid out as the state's is.
    ///
    /// @param partial where the fixed part for each of `rows` begins
    default void merge(CallRows rows, long[] partial) {
        throw new UnsupportedOperationException("not a call that is folded: see AggregateDeclaration");
    }

    /// Called once a trigger for the groups that changed, before results are read.
    default void settle(ChangedGroups changed) {}

    /// Writes one result a group.
    ///
    /// @param into without memory yet; the caller owns it, also when this fails
    void writeResult(GroupStates groups, Field field, FieldVector into);

    /// Forgets what it keeps beside the groups for event times at or below `micros`.
    default void removeThrough(long micros) {}

    /// Forgets what it keeps beside a group whose time to live is over.
    ///
    /// @param key of the group
    default void forget(long key, int length) {}

    @Override
    default void close() {}
}
