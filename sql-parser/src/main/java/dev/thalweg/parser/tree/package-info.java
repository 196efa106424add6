/// What Spark SQL says and Calcite has no node for: streams, watermarks, lateral views, GROUP BY ALL, and functions by
/// name only.
///
/// Must not hold: validation. Every node here unparses to the text it came from, so that errors can quote it.
@NullMarked
package dev.thalweg.parser.tree;

import org.jspecify.annotations.NullMarked;
