/// What a connector author sees: the row types and batches that flow, the contracts of sources and sinks, files and
/// formats that several rooms share, and the errors that everybody throws.
///
/// Start with [dev.thalweg.spi.data.Batch], then [dev.thalweg.spi.source.Source] or [dev.thalweg.spi.sink.Sink].
/// Nothing here knows SQL, plans, state or threads; nothing here imports another module.
@NullMarked
package dev.thalweg.spi;

import org.jspecify.annotations.NullMarked;
