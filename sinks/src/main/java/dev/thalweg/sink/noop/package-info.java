/// Takes rows and does nothing with them, for measuring everything before it.
///
/// Read [NoopSinkProvider] first. The trigger thread calls it.
@NullMarked
package dev.thalweg.sink.noop;

import org.jspecify.annotations.NullMarked;
