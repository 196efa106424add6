package dev.thalweg.execution.operator.order;

import dev.thalweg.execution.hash.GroupTable;
import dev.thalweg.execution.hash.Scratch;
import dev.thalweg.execution.operator.Downstream;
import dev.thalweg.execution.operator.order.PassedRows.Kept;
import dev.thalweg.execution.operator.order.PassedRows.Passed;
import dev.thalweg.execution.operator.order.WindowRows.Start;
import dev.thalweg.planner.incremental.OverReach;
import dev.thalweg.planner.incremental.PlanNode.Over;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Memory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/// Gathers what partitions have to tell, computes the window functions of many at once, hands on the rows whose time has come
/// and lets go of those that nobody looks at any more.
final class OverByTimeParts implements AutoCloseable {
    private static final int CHUNK = 16_384;

    private final Over over;
    private final OrderedRows rows;
    private final OverFunctions functions;
    private final PassedRows passed;
    private final OverOutput output;
    private final boolean goesOn;
    private final WindowRows places = new WindowRows();
    private final Scratch carried;
    private final List<Part> parts = new ArrayList<>();
    private int[] slots = new int[1024];
    private long[] times = new long[1024];
    private int count;
    private int partition;
    private int begin;
    private boolean hasKept;
    private long firstKeptTime;

    /// Part of one partition: from `begin` to `end` in the chunk.
    ///
    /// @param told the first that is told now, and `looked` behind the last
    /// @param kept the first that is kept
    private record Part(int partition, int begin, int told, int looked, int kept, int end) {}

    OverByTimeParts(Over over, OrderedRows rows, OverFunctions functions, PassedRows passed,
            BufferAllocator allocator) {
        OverReach reach = functions.reach();
        this.over = over;
        this.rows = rows;
        this.functions = functions;
        this.passed = passed;
        this.output = new OverOutput(allocator);
        this.goesOn = reach.toTheEnd() && !reach.fromTheStart();
        this.carried = new Scratch(allocator);
    }

    // ---- gathering

    void begin(int touched) {
        partition = touched;
        begin = count;
    }

    /// Adds the next row of the part.
    void add(int slot, long time) {
        if (count == slots.length) {
            slots = Arrays.copyOf(slots, count * 2);
            times = Arrays.copyOf(times, count * 2);
        }
        slots[count] = slot;
        times[count++] = time;
    }

    long time(int index) {
        return times[begin + index];
    }

    /// How often a row of the part is there.
    long times(int index) {
        return rows.newTimes(slots[begin + index]);
    }

    /// Whether a row of the part, not the first, is equal in the order to the one before.
    boolean isPeer(int index) {
        return rows.samePlace(slots[begin + index - 1], slots[begin + index]);
    }

    /// The first row of the part that lies behind a time; their number if none does.
    int firstAfter(long time) {
        int first = count - begin;
        while (first > 0 && time(first - 1) > time) {
            first--;
        }
        return first;
    }

    /// Ends the part.
    ///
    /// @param before up to where rows have been told, and `now` up to where they are told now
    /// @param kept the first row of the part to keep
    void end(long before, long now, int kept) {
        int told = begin + firstAfter(before);
        int looked = begin + firstAfter(now);
        hasKept = begin + kept < looked;
        firstKeptTime = hasKept ? times[begin + kept] : Long.MAX_VALUE;
        if (told < looked || kept > 0) {
            parts.add(new Part(partition, begin, told, looked, begin + kept, count));
        } else {
            count = begin; // nothing to tell, nothing to let go
        }
    }

    /// Whether rows are kept that have been told.
    boolean hasKept() {
        return hasKept;
    }

    long firstKeptTime() {
        return firstKeptTime;
    }

    boolean isFull() {
        return count >= CHUNK;
    }

    // ---- computing

    void flush(GroupTable touched, Downstream out) {
        if (!parts.isEmpty()) {
            Chunk chunk = new Chunk(touched);
            if (goesOn || parts.stream().anyMatch(part -> part.told < part.looked)) {
                chunk.run(out);
            }
            for (Part part : parts) {
                for (int i = part.begin; i < part.kept; i++) {
                    rows.drop(slots[i]);
                }
            }
        }
        parts.clear();
        places.clear();
        count = 0;
    }

    /// The parts while they are computed: rows that functions take values of from before come first.
    private final class Chunk {
        private final GroupTable touched;
        private final List<Passed> before = new ArrayList<>();
        private final List<Cut> cuts = new ArrayList<>();
        private final List<Integer> cutParts = new ArrayList<>();
        private final int[] place = new int[count];
        private int carriedCount;
        private long[] at = new long[0];
        private int[] lengths = new int[0];

        Chunk(GroupTable touched) {
            this.touched = touched;
        }

        void run(Downstream out) {
            long bytes = 0;
            for (Part part : parts) {
                Passed known = goesOn ? passed.get(touched, part.partition) : Passed.NONE;
                before.add(known);
                for (Kept kept : known.calls()) {
                    carriedCount += kept.row().length > 0 ? 1 : 0;
                    bytes += kept.row().length;
                }
            }
            at = new long[carriedCount + count];
            lengths = new int[at.length];
            layOut(carried.reserve(bytes + 8));
            try (Batch batch = rows.decode(at, at.length);
                    Batch results = functions.of(places, batch, identity(), cuts)) {
                output.begin(over, batch, results);
                parts.forEach(part -> tell(part, out));
                output.flush(out);
            }
            for (int i = 0; i < cuts.size(); i++) {
                keep(parts.get(cutParts.get(i)), cuts.get(i).partial());
            }
        }

        private int[] identity() {
            int[] same = new int[at.length];
            Arrays.setAll(same, i -> i);
            return same;
        }

        private void layOut(long free) {
            long to = free;
            int next = 0;
            for (int p = 0; p < parts.size(); p++) {
                Part part = parts.get(p);
                Passed known = before.get(p);
                List<Partial.Kept> calls = new ArrayList<>();
                int[] from = new int[known.calls().size()];
                for (int i = 0; i < from.length; i++) {
                    Kept kept = known.calls().get(i);
                    calls.add(new Partial.Kept(kept.state(), -1, kept.counted()));
                    from[i] = kept.row().length == 0 ? -1 : next;
                    if (kept.row().length > 0) {
                        Memory.copy(kept.row(), 0, to, kept.row().length);
                        at[next] = to;
                        lengths[next++] = kept.row().length;
                        to += kept.row().length;
                    }
                }
                places.beginPart(new Start(new Partial(-1, known.rows(), known.groups(), calls), from));
                layOut(p, part, known);
                places.endPart();
            }
        }

        private void layOut(int number, Part part, Passed known) {
            int first = places.count;
            int groups = known.groups();
            for (int i = part.begin; i < part.end; i++) {
                boolean isPeer = i > part.begin && rows.samePlace(slots[i - 1], slots[i]);
                if (i == part.kept) {
                    cut(number, first, groups);
                }
                groups += isPeer ? 0 : 1;
                place[i] = places.count;
                at[carriedCount + i] = rows.row(slots[i]);
                lengths[carriedCount + i] = rows.rowLength(slots[i]);
                places.add(carriedCount + i, rows.newTimes(slots[i]), isPeer, i >= part.told && i < part.looked);
            }
            if (part.kept == part.end) {
                cut(number, first, groups);
            }
        }

        private void cut(int number, int first, int groups) {
            if (goesOn && places.count > first) {
                int passedRows = before.get(number).rows() + places.count - first;
                cuts.add(new Cut(first, places.count, true, new Partial(-1, passedRows, groups, new ArrayList<>())));
                cutParts.add(number);
            }
        }

        private void tell(Part part, Downstream out) {
            for (int i = part.told; i < part.looked; i++) {
                long times = rows.newTimes(slots[i]);
                for (int j = 0; j < times; j++) {
                    output.add(carriedCount + i, place[i] + j, 1, out);
                }
            }
        }

        private void keep(Part part, Partial partial) {
            List<Kept> calls = new ArrayList<>();
            for (Partial.Kept kept : partial.calls()) {
                byte[] row = new byte[kept.row() < 0 ? 0 : lengths[kept.row()]];
                if (kept.row() >= 0) {
                    Memory.copy(at[kept.row()], row, 0, row.length);
                }
                calls.add(new Kept(kept.state(), row, kept.counted()));
            }
            passed.put(touched, part.partition, new Passed(partial.rows(), partial.groups(), calls));
        }
    }

    @Override
    public void close() {
        carried.close();
    }
}
