/// What a session asks of the planner: text, or calls on datasets, become a plan that can run trigger by trigger.
///
/// Read [QueryPlanner]. The steps live in rooms of their own: `catalog` (what names mean), `function` and `type` (what an
/// expression is), `logical` (Calcite's tree), `incremental` (ours), `explain`. Nothing here runs a query or keeps a thread.
@NullMarked
package dev.thalweg.planner;

import org.jspecify.annotations.NullMarked;
