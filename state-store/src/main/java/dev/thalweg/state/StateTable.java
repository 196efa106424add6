package dev.thalweg.state;

/// What a table of state is, as its operator declares it. Recorded in the checkpoint; a restart that declares it otherwise
/// is refused with both declarations.
///
/// @param name unique in the query and stable over restarts, such as `3-aggregate.groups`
/// @param valueBytes of the fixed part of an entry; 0 where the key is all there is
/// @param hasTail whether entries carry variable-length bytes
/// @param timeFirst whether keys begin with the event time by which entries are freed
/// @param keyType what the key columns are, for people and for the compatibility check
/// @param valueType what the value holds, likewise
/// @param keyBytes how long every key is; 0 where that is not known. It makes room beforehand and is not recorded
public record StateTable(String name, int valueBytes, boolean hasTail, boolean timeFirst, String keyType,
        String valueType, int keyBytes) {
    /// A table whose keys may be of any length.
    public StateTable(String name, int valueBytes, boolean hasTail, boolean timeFirst, String keyType,
            String valueType) {
        this(name, valueBytes, hasTail, timeFirst, keyType, valueType, 0);
    }

    /// The same table with keys of one length.
    public StateTable withKeysOf(int bytes) {
        return new StateTable(name, valueBytes, hasTail, timeFirst, keyType, valueType, bytes);
    }
}
