/// Files as a sink, exactly once: `json`, `csv` and `text`.
///
/// Read [FileSink] first, which draws the steps of a commit; then [Manifest], which says what is committed. Must not hold
/// what a format looks like: that is in `dev.thalweg.spi.format`. One thread at a time calls it: the trigger thread,
/// or for a commit another in its stead.
@NullMarked
package dev.thalweg.sink.file;

import org.jspecify.annotations.NullMarked;
