/// The trigger log: what each trigger read and changed, in segments that are only ever appended to.
///
/// Read `TriggerLog` first, then `LogScan` for how damage is told from a crash. Must not know what the payloads mean. The
/// log belongs to the trigger thread.
@NullMarked
package dev.thalweg.state.log;

import org.jspecify.annotations.NullMarked;
