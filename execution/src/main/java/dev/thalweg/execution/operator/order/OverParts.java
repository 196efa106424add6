package dev.thalweg.execution.operator.order;

import dev.thalweg.execution.hash.RowEquality;
import dev.thalweg.execution.operator.Downstream;
import dev.thalweg.execution.operator.order.WindowRows.Start;
import dev.thalweg.planner.incremental.OverReach;
import dev.thalweg.planner.incremental.PlanNode.Over;
import dev.thalweg.spi.data.Batch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Gathers parts of partitions, computes the window functions of many at once, as the rows were and as they are, and hands on
/// what differs. On the way it takes a [Partial] every so many rows.
final class OverParts {
    private static final int CHUNK = 16_384;

    private final Over over;
    private final OrderedRows rows;
    private final OverFunctions functions;
    private final Partials partials;
    private final OverOutput output;
    private final boolean emitsOnClose;
    private final boolean keepsPartials;
    private final boolean peers;
    private final WindowRows places = new WindowRows();
    private final List<Cut> cuts = new ArrayList<>();
    private int[] slots = new int[1024];
    private boolean[] felt = new boolean[1024];
    /// Of each row the first place, as it was and as it is.
    private int[] oldPlace = new int[1024];
    private int[] newPlace = new int[1024];
    private int count;
    private int begin;
    private Start start = Start.NONE;

    OverParts(Over over, OrderedRows rows, OverFunctions functions, Partials partials, OverOutput output,
            boolean emitsOnClose) {
        this.over = over;
        this.rows = rows;
        this.functions = functions;
        this.partials = partials;
        this.output = output;
        this.emitsOnClose = emitsOnClose;
        OverReach reach = functions.reach();
        this.keepsPartials = reach.toTheEnd() && !reach.whole() && !reach.fromTheStart() && !emitsOnClose;
        this.peers = reach.peers();
    }

    /// Begins a part behind the rows of a partial.
    void begin(Partial before) {
        int[] carried = new int[before.calls().size()];
        for (int i = 0; i < carried.length; i++) {
            int slot = before.kept(i).row();
            carried[i] = slot < 0 ? -1 : count;
            if (slot >= 0) {
                add(slot);
            }
        }
        start = before.isEmpty() ? Start.NONE : new Start(before, carried);
        begin = count;
    }

    /// Adds the next row of the part.
    boolean add(int slot) {
        if (count == slots.length) {
            slots = Arrays.copyOf(slots, count * 2);
            felt = Arrays.copyOf(felt, count * 2);
            oldPlace = Arrays.copyOf(oldPlace, count * 2);
            newPlace = Arrays.copyOf(newPlace, count * 2);
        }
        felt[count] = false;
        slots[count++] = slot;
        return true;
    }

    /// How many rows the part has so far.
    int size() {
        return count - begin;
    }

    int first() {
        return slots[begin];
    }

    int last() {
        return slots[count - 1];
    }

    /// Ends the part.
    ///
    /// @param from the first of its rows that feels a change, and `to` behind the last
    void end(int from, int to, Downstream out) {
        if (count > begin) {
            Arrays.fill(felt, begin + from, begin + to, true);
            if (!emitsOnClose) {
                layOut(oldPlace, true, Integer.MAX_VALUE);
            }
            layOut(newPlace, false, keepsPartials && count - begin >= partials.apart()
                    ? partials.rowsPassed(slots[begin]) + partials.apart()
                    : Integer.MAX_VALUE);
        }
        begin = count;
        if (count >= CHUNK) {
            flush(out);
        }
    }

    /// Lays out the part as it was or as it is, as if the two were parts of their own.
    ///
    /// @param nextCut how many rows of the partition lie before the next partial
    private void layOut(int[] place, boolean before, int nextCut) {
        places.beginPart(start);
        int first = places.count;
        int due = nextCut;
        int last = -1;
        int groups = start.partial().groups();
        int cutFrom = first;
        for (int i = begin; i < count; i++) {
            place[i] = places.count;
            long times = before ? rows.oldTimes(slots[i]) : rows.newTimes(slots[i]);
            if (times == 0) {
                continue;
            }
            boolean isPeer = last >= 0 && rows.samePlace(slots[last], slots[i]);
            int passed = start.partial().rows() + places.count - first;
            if (last >= 0 && passed >= due && !(peers && isPeer)) {
                cuts.add(new Cut(cutFrom, places.count, cutFrom == first,
                        new Partial(slots[last], passed, groups, new ArrayList<>())));
                cutFrom = places.count;
                due = passed + partials.apart();
            }
            groups += isPeer ? 0 : 1;
            places.add(i, times, isPeer, felt[i]);
            last = i;
        }
        places.endPart();
    }

    void flush(Downstream out) {
        if (count > 0) {
            try (Batch batch = rows.decode(slots, count);
                    Batch results = functions.of(places, batch, slots, cuts)) {
                cuts.forEach(cut -> partials.add(cut.partial()));
                RowEquality same = new RowEquality(results,
                        IntStream.range(0, results.columnCount()).boxed().toList());
                output.begin(over, batch, results);
                for (int i = 0; i < count; i++) {
                    if (felt[i]) {
                        compare(i, same, out);
                    }
                }
                output.flush(out);
            }
        }
        places.clear();
        cuts.clear();
        count = 0;
        begin = 0;
    }

    /// Chooses the places of a row whose values differ: each old one before the new one in its stead.
    private void compare(int row, RowEquality same, Downstream out) {
        long were = emitsOnClose ? 0 : rows.oldTimes(slots[row]);
        long are = rows.newTimes(slots[row]);
        for (int i = 0; i < Math.max(were, are); i++) {
            if (i < were && i < are && same.equal(oldPlace[row] + i, newPlace[row] + i)) {
                continue;
            }
            if (i < were) {
                output.add(row, oldPlace[row] + i, -1, out);
            }
            if (i < are) {
                output.add(row, newPlace[row] + i, 1, out);
            }
        }
    }
}
