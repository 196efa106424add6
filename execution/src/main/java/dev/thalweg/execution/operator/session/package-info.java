/// Sessions of event time for every query: rows of a key that lie no further apart than a gap.
///
/// Read `SessionAssignOperator` first. It keeps the rows themselves, so that they can be taken back; where an aggregate over
/// added rows is all that is asked, `SessionAggregateOperator` (among the aggregates) keeps a partial result a session instead.
/// **Thread** the task that owns the operator.
@NullMarked
package dev.thalweg.execution.operator.session;

import org.jspecify.annotations.NullMarked;
