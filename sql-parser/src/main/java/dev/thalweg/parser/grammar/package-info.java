/// Generated from the grammar in `src/main/antlr4`; never imported outside the parser. A null is an optional part of a
/// rule that the text does not have.
@NullUnmarked
package dev.thalweg.parser.grammar;

import org.jspecify.annotations.NullUnmarked;
