/// Text in, trees out: Spark SQL's dialect and the statements that run streams.
///
/// Read [dev.thalweg.parser.StatementParser] first, then [dev.thalweg.parser.Statement]. A grammar rule becomes a tree in one of the
/// builders, by theme: statements, tables, queries, relations, expressions, functions, literals, types. Must not hold:
/// anything that needs a catalog, a type of a column or a value. The module's README says which tree each form becomes.
@NullMarked
package dev.thalweg.parser;

import org.jspecify.annotations.NullMarked;
