/// What generated code calls, row by row: the loop around it, column writers, arithmetic, comparisons, casts, text.
///
/// Everything is public because generated classes live in class loaders of their own, but only `StageCompiler`'s code and
/// the scalar functions call it. Methods take and give primitives, `Utf8` slices or the objects that `DataType` lists;
/// a NULL never reaches them unless a parameter says so. Read [StageLoop] first.
@NullMarked
package dev.thalweg.execution.expression.kernel;

import org.jspecify.annotations.NullMarked;
