/// Files as a source: `json`, `csv` and `text`.
///
/// Read [FileSource] first: it finds files, remembers which it has seen, and hands out ranges of them; [FileReader] reads one
/// split through a decoder of `dev.thalweg.spi.format`. What is particular to a format is in its [FileFormat]. Must not hold
/// what a format looks like inside. The trigger thread calls the source, tasks their readers.
@NullMarked
package dev.thalweg.source.file;

import org.jspecify.annotations.NullMarked;
