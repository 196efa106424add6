/// Lines from a network connection, for demos.
///
/// Read [SocketSource] first, and what it does not promise. A thread of its own reads the connection; the trigger thread and
/// tasks take what it has read.
@NullMarked
package dev.thalweg.source.socket;

import org.jspecify.annotations.NullMarked;
