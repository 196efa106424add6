/// The incremental plan: a sealed tree of what runs once a trigger, and the passes that make it from Calcite's logical plan
/// and infer its traits.
///
/// Read [PlanNode] and [Expression] first, then the passes in the order in which [IncrementalPlanner] lists them. No Calcite
/// class is part of the tree: `execution` sees only what is here. The last pass, [ShareNodes], makes a graph of it. Everything is immutable and belongs to no thread.
@NullMarked
package dev.thalweg.planner.incremental;

import org.jspecify.annotations.NullMarked;
