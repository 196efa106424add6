/// JSON, CSV and date codecs between bytes and vectors, shared by connectors, functions and the command.
///
/// Must not hold a connector or touch a file. A codec belongs to one thread.
@NullMarked
package dev.thalweg.spi.format;

import org.jspecify.annotations.NullMarked;
