/// Every function and operator of the dialect: names, signatures, result types and implicit casts.
///
/// Read [FunctionRegistry] first. Scalar signatures are in the resource `scalar-functions.txt`, read by [SignatureParser] and
/// matched by [OverloadChoice]; operators are in [Operators], aggregates in [Aggregates], functions that make rows in
/// [Generators]. A [Binder] says what a call means; [EngineFunction] and its siblings hand that to Calcite. Nothing here runs a
/// function: bodies live in `execution`. Immutable.
@NullMarked
package dev.thalweg.planner.function;

import org.jspecify.annotations.NullMarked;
