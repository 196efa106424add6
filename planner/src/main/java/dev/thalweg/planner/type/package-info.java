/// Spark's types and how they mix: [TypeRules] says what two types have in common and what becomes what without being asked,
/// [SqlTypes] and [TypeMapping] speak to Calcite.
///
/// Nothing here knows a function or a query. All of it is stateless but [SqlTypes], which belongs to one planner.
@NullMarked
package dev.thalweg.planner.type;

import org.jspecify.annotations.NullMarked;
