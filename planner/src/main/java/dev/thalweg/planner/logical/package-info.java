/// From syntax tree to Calcite's logical plan.
///
/// The way: [PrepareSyntax] makes what Spark's dialect says into what Calcite understands, [EngineValidator] finds names and
/// types, [Conversion] makes rels, then come the passes [Marks], [SubqueriesToJoins], [Unnest], [TimeBounds] and [PushDown]. [LogicalPlan] is
/// the result; [ProblemReport] words what went wrong. Nothing here knows a trigger. One thread at a time: `QueryPlanner` sees to
/// that.
@NullMarked
package dev.thalweg.planner.logical;

import org.jspecify.annotations.NullMarked;
