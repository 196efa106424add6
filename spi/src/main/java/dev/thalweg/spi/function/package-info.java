/// Functions that a program brings along: what the planner asks of them and what the engine calls.
///
/// Values are as [dev.thalweg.spi.data.DataType] lists them; who speaks to programs in other classes converts on the way. Start
/// with [dev.thalweg.spi.function.UserFunction], then [dev.thalweg.spi.function.UserAggregate]. Tasks call them, several at once.
@NullMarked
package dev.thalweg.spi.function;

import org.jspecify.annotations.NullMarked;
