/// What a sink is: something that stages the output of one trigger and commits it once, however often it is told to.
///
/// Read [Sink] first, then [SinkProvider], which `ServiceLoader` finds. Must not hold a connector. A sink is called by
/// its query's trigger thread, or another in its stead, and so are its writers.
@NullMarked
package dev.thalweg.spi.sink;

import org.jspecify.annotations.NullMarked;
