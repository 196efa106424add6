/// What flows: [DataType] and [RowType] say what a row is, [Batch] carries many of them in columns.
///
/// Must not hold: anything that reads or writes a format, a file or a network. Read `Batch` first. Batches cross
/// threads, each reference is closed by the one who got it.
@NullMarked
package dev.thalweg.spi.data;

import org.jspecify.annotations.NullMarked;
