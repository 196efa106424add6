/// The trigger loop: what a running query does, from the offsets of its sources to the commit of its sinks.
///
/// Read [QueryRun] first (the life of a query), then `TriggerRunner` (one trigger, step by step), `Recovery` (what a restart
/// does) and `Dataflow` (how the plan's fragments run on tasks). Operators, state and connectors live elsewhere and are
/// only called here. One trigger thread a query; tasks run on the engine's fixed pool.
@NullMarked
package dev.thalweg.execution.trigger;

import org.jspecify.annotations.NullMarked;
