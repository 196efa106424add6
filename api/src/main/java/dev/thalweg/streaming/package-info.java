/// Reading and writing streams, and holding the queries that run: [DataStreamReader], [DataStreamWriter],
/// [StreamingQuery].
///
/// Must not hold the trigger loop, which is `execution`'s. Handles may be used by many threads.
@NullMarked
package dev.thalweg.streaming;

import org.jspecify.annotations.NullMarked;
