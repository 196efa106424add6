package dev.thalweg.execution.hash;

import dev.thalweg.spi.data.Column;
import dev.thalweg.spi.data.DataType;

/// One column of the keys of a few rows, as [GroupFinder] hashes it and compares it with keys that are encoded already.
///
/// What is compared are the bytes that [KeyEncoder] would write, so equal here is equal there. Nulls are the finder's.
sealed interface KeyColumn permits FixedKeyColumn, TextKeyColumn {
    /// What values are multiplied with: odd, and without a pattern (2^64 divided by the golden ratio).
    long FACTOR = 0x9E37_79B9_7F4A_7C15L;
    /// What [#number] answers where the rows have more than a few values.
    int MANY = -1;
    /// What [#number] answers where each row has its own number.
    int EACH = -2;
    /// How far [#write] may write past the end of a key.
    int SLACK = 16;

    /// Takes the values of `count` rows, whose numbers begin at `rows[from]`.
    ///
    /// @param hasNulls whether any row of the column may be NULL
    /// @return whether it is easily seen that they are all the same
    boolean read(Column column, boolean hasNulls, int[] rows, int from, int count);

    /// Numbers the values of the rows at hand, none of which is NULL, among the few that were numbered since [#forgetNumbers].
    ///
    /// @param numbers of each row, where that is the answer
    /// @return the number of all rows, [#EACH] or [#MANY]
    int number(int[] numbers, int count);

    void forgetNumbers();

    /// Adds the hashes of the values to those of their rows.
    void addHash(long[] hashes, int count);

    /// What [#addHash] would add for the first row.
    long hashOfFirst();

    /// Whether the value of the first row is that of a key.
    boolean firstIs(long key, long cursor);

    /// Sets `ids` to [GroupTable#ABSENT] where the key at `keys` has another value.
    ///
    /// @param keys where the encoded keys begin; any key's place where `ids` is absent already
    /// @param cursors where the next variable column of each key begins; a variable column moves them past itself
    void compare(long[] keys, long[] cursors, int[] ids, int count);

    /// Moves cursors past the column where all keys have the value of the first row.
    void pass(long[] cursors, int count);

    /// Where the next variable column begins.
    long next(long cursor);

    /// What the row's value takes behind the fixed columns.
    int variableBytes(int row);

    /// Writes the row's value into its key.
    ///
    /// @return where the next variable column begins
    long write(int row, long key, long cursor);

    /// Where and how the column is in a key.
    ///
    /// @param place of the column in the key's declaration
    /// @param offset of the column in the key, if it is of fixed width
    static KeyColumn of(int place, DataType type, int offset, boolean isTime) {
        // Columns whose values change places must not have the same sum.
        long factor = mix(place + 1L, FACTOR) | 1;
        return type.isFixedWidth() ? new FixedKeyColumn(type, offset, isTime, factor) : new TextKeyColumn(factor);
    }

    static long mix(long hash, long word) {
        long mixed = (hash ^ word) * FACTOR;
        return mixed ^ mixed >>> 32;
    }

    /// Spreads a sum over all bits: the high ones of values, too, have to tell in the low ones.
    static long finish(long sum) {
        long spread = (sum ^ sum >>> 32) * 0xD6E8_FEB8_6659_FD93L;
        return spread ^ spread >>> 32;
    }
}
