/// What a program says besides columns: the windows of window functions. Start with [dev.thalweg.expressions.Window].
///
/// Names and shapes are Spark's. Everything here is immutable and may be used from any thread.
@NullMarked
package dev.thalweg.expressions;

import org.jspecify.annotations.NullMarked;
