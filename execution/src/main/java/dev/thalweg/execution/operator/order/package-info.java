/// What goes by the order of the rows in a partition: window functions (OVER) and first rows (ORDER BY with LIMIT, filters on
/// ranks).
///
/// Rows lie in state in the order asked for; a trigger computes a touched partition as it was and as it is, and gives the
/// difference. Start with [dev.thalweg.execution.operator.order.OverOperator], then
/// [dev.thalweg.execution.operator.order.OrderedRows]. Each operator runs on its task's thread.
@NullMarked
package dev.thalweg.execution.operator.order;

import org.jspecify.annotations.NullMarked;
