package dev.thalweg.spi.data;

/// A column that says for each row which value of a dictionary it is: what takes one look for each value need not be done for each
/// row.
///
/// Cost: 4 bytes a row. Values are laid side by side only if somebody asks for [#vector], then once, all of them.
public sealed interface Coded extends Column permits CodedNumber, CodedText {
    /// The code of a NULL.
    int NULL = -1;

    /// By physical row; must not be written.
    int[] codes();

    CodeDictionary dictionary();

    /// Other rows with values of the same dictionary, as a new column.
    ///
    /// @param codes by physical row, the first `rows` are used; they must not change any more
    /// @param hasNulls whether there may be a [#NULL] in a row that a batch has
    Coded choose(int[] codes, int rows, boolean hasNulls);
}
