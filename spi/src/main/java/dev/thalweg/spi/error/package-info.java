/// The five kinds of error, by who must act: [InvalidQuery] and [InvalidOption] (the author), [Unavailable] (wait or fix
/// the machine), [Corrupted] (recover) and [Defect] (us).
///
/// The sentence is written where it is thrown; `docs/errors.md` explains every code.
@NullMarked
package dev.thalweg.spi.error;

import org.jspecify.annotations.NullMarked;
