/// What a source is: something that can be asked how far it reaches, and read again over any range of offsets.
///
/// Read [Source] first, then [SourceProvider], which `ServiceLoader` finds. Must not hold a connector. A source is
/// called by its query's trigger thread; its readers by the task that opened them.
@NullMarked
package dev.thalweg.spi.source;

import org.jspecify.annotations.NullMarked;
