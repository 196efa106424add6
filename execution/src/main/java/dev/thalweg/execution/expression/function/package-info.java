/// The bodies of the scalar functions: public static methods in classes by theme, named as the function in camel case.
///
/// [ScalarFunctions] lists the classes; the signatures are in the planner's `scalar-functions.txt`, and what each must answer is
/// in the recorded answers of Spark in `tests/src/test/resources/spark`. To add a function: a line in the first, a method
/// here, its expressions there. Functions keep nothing between calls but what the context remembers for them, and run on
/// the task's thread.
@NullMarked
package dev.thalweg.execution.expression.function;

import org.jspecify.annotations.NullMarked;
