package dev.thalweg.execution.operator.order;

import dev.thalweg.execution.operator.Downstream;
import dev.thalweg.planner.incremental.OverReach;
import dev.thalweg.planner.incremental.PlanNode.SortKey;

/// Finds, around the rows that have changed, those that feel it and those that these must look at, and gathers them as parts.
///
/// ```
///            looked at | feel it     changed      feel it | looked at
///   partition ......................... x ... x .........................
///                       <- ahead             back ->
/// ```
/// Where a function looks at all rows before, a part goes from a [Partial] to the end of the partition.
/// Cost: a seek for each direction, and the rows of the part.
final class ChangedPlaces {
    private final OrderedRows rows;
    private final OverReach reach;
    private final Partials partials;
    private final OverParts parts;
    private final Extent extent;
    private int[] changed = new int[0];
    private int next;
    /// The first row that feels a change, and where in the part it and the last one lie.
    private int firstFelt;
    private int from;
    private int to;
    private boolean isBehind;

    ChangedPlaces(OrderedRows rows, OverReach reach, Partials partials, OverParts parts, SortKey first) {
        this.rows = rows;
        this.reach = reach;
        this.partials = partials;
        this.parts = parts;
        this.extent = new Extent(rows, reach.peers(), first);
    }

    void gather(Downstream out) {
        changed = rows.changed();
        next = 0;
        while (next < changed.length) {
            int origin = changed[next];
            firstFelt = outermost(origin, reach.ahead());
            int first = reach.fromTheStart() ? firstFelt : outermost(firstFelt, reach.back());
            if (reach.toTheEnd()) {
                toTheEnd(origin, first);
            } else {
                around(first);
            }
            parts.end(from, to, out);
        }
    }

    /// The first row before one that is within the distance, or itself.
    private int outermost(int row, OverReach.Distance distance) {
        if (!reach.peers() && distance.equals(OverReach.Distance.NONE)) {
            return row;
        }
        extent.from(row, distance);
        int[] found = {row};
        rows.walkFrom(row, true, slot -> {
            if (!extent.takes(slot)) {
                return false;
            }
            found[0] = slot;
            return true;
        });
        return found[0];
    }

    private void toTheEnd(int origin, int first) {
        partials.dropFrom(firstFelt); // not only from the change on: a partial lies between rows of different order
        Partial before = reach.fromTheStart() ? Partial.NONE : partials.before(first);
        parts.begin(before);
        if (before.isEmpty()) {
            rows.walkPartition(origin, this::addToTheEnd);
        } else {
            rows.walkFrom(before.last(), false, this::addToTheEnd);
        }
        to = parts.size();
        while (next < changed.length && rows.samePartition(changed[next], origin)) {
            next++;
        }
    }

    private boolean addToTheEnd(int slot) {
        if (slot == firstFelt) {
            from = parts.size();
        }
        return parts.add(slot);
    }

    private void around(int first) {
        parts.begin(Partial.NONE);
        isBehind = false;
        to = 0;
        if (visit(first)) {
            rows.walkFrom(first, false, this::visit);
        }
    }

    /// Takes the next row of a part that ends where nobody feels a change and nobody who does looks.
    private boolean visit(int slot) {
        if (slot == firstFelt) {
            from = parts.size();
        }
        if (next < changed.length && changed[next] == slot) {
            next++;
            isBehind = false;
            extent.from(slot, reach.back());
            to = parts.size() + 1;
        } else if (to > 0 && !isBehind && extent.takes(slot)) {
            to = parts.size() + 1;
        } else if (to > 0) {
            if (!isBehind) {
                isBehind = true;
                extent.from(parts.last(), reach.ahead());
            }
            if (!extent.takes(slot)) {
                return false;
            }
        }
        return parts.add(slot);
    }
}
