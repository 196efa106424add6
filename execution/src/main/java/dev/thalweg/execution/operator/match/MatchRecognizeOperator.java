package dev.thalweg.execution.operator.match;

import dev.thalweg.execution.hash.GroupTable;
import dev.thalweg.execution.operator.Downstream;
import dev.thalweg.execution.operator.JoinCondition;
import dev.thalweg.execution.operator.Lateness;
import dev.thalweg.execution.operator.Forgetful;
import dev.thalweg.execution.operator.StateTables;
import dev.thalweg.execution.operator.UsedKeys;
import dev.thalweg.execution.operator.Watermark;
import dev.thalweg.execution.operator.match.PartitionStates.State;
import dev.thalweg.execution.operator.order.OrderedRows;
import dev.thalweg.execution.operator.order.PartitionAlarms;
import dev.thalweg.planner.incremental.MatchPattern.Rows;
import dev.thalweg.planner.incremental.MatchPattern.Skip;
import dev.thalweg.planner.incremental.MatchReach;
import dev.thalweg.planner.incremental.MatchRecognize;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/// Finds the rows that match a pattern, once the watermark says that none of them is missing.
///
/// State: the rows that the watermark has not passed, and those from the first row on of which it is open whether a match begins
/// there; of those before it as many as PREV looks back ([OrderedRows]). What else is known of a partition is in
/// [PartitionStates] and [PartitionAlarms]. WITHIN bounds how long a row is open; without, a pattern without end keeps its rows for ever.
/// Changes: insert-only in and out. A match comes out with the trigger whose watermark says that no row can change it any more.
/// Cost: a touched partition is searched again from its first open row.
public final class MatchRecognizeOperator implements Forgetful {
    private static final int CHUNK = 16_384;

    private final MatchRecognize match;
    private final OrderedRows rows;
    private final PartitionStates states;
    private final PartitionAlarms alarms;
    private final Lateness lateness;
    private final Conditions conditions;
    private final Matcher matcher;
    private final MatchOutput output;
    private final int rowsBefore;
    private final boolean isNumbered;
    private final boolean isBounded;
    private int[] slots = new int[1024];
    private int count;
    /// Of each partition in the chunk: its number, and where its rows end.
    private int[] partitions = new int[64];
    private int[] ends = new int[64];
    private int partitionCount;
    private long pending;
    /// Rows up to here have been searched.
    private long searched;

    /// What the operator is opened with.
    ///
    /// @param name of its tables
    /// @param rows of its input; taken over
    /// @param conditions of the variables that have one, compiled; taken over
    /// @param isBounded whether one trigger brings all rows
    public record Parts(String name, OrderedRows rows, List<JoinCondition> conditions, Lateness lateness,
            StateTables tables, boolean isBounded) {}

    public MatchRecognizeOperator(MatchRecognize match, Parts parts, BufferAllocator allocator) {
        this.match = match;
        this.rows = parts.rows();
        String partition = match.input().schema().select(match.partition()).sql();
        this.states = new PartitionStates(parts.name(), partition, parts.tables());
        this.alarms = new PartitionAlarms(parts.name(), partition, parts.tables(), allocator);
        this.lateness = parts.lateness();
        this.conditions = new Conditions(match, parts.conditions(), allocator);
        this.matcher = new Matcher(Program.of(match.pattern().pattern()), conditions);
        this.output = new MatchOutput(match, allocator);
        this.rowsBefore = MatchReach.rowsBefore(match);
        this.isNumbered = MatchReach.isNumbered(match);
        this.isBounded = parts.isBounded();
    }

    @Override
    public void push(int input, Batch batch, Downstream out) {
        try (Batch onTime = lateness.refuse(batch, out)) {
            rows.add(onTime);
        }
    }

    @Override
    public void advance(Watermark watermark, Downstream out) {
        boolean isEnd = isBounded || watermark.equals(Watermark.END);
        GroupTable touched = rows.touchedPartitions();
        alarms.ring(watermark.micros(), touched);
        for (int partition = 0; partition < rows.touched(); partition++) {
            gather(partition, watermark, isEnd);
            if (count >= CHUNK) {
                search(watermark, isEnd, out);
            }
        }
        search(watermark, isEnd, out);
        alarms.settle(touched);
        rows.settle(watermark);
        lateness.advance(watermark);
        searched = watermark.micros();
    }

    @Override
    public void forget(UsedKeys keys, Downstream out) {
        GroupTable touched = rows.touchedPartitions();
        rows.forget(keys, slot -> rows.orderTime(slot) > searched, partition -> {
            if (states.get(touched, partition).waits()) {
                alarms.cancel(touched, partition, Long.MAX_VALUE);
            }
            states.put(touched, partition, State.NEW);
        });
    }

    /// Adds the rows of a partition that the watermark has passed to the chunk; the next one calls when its time has come.
    private void gather(int partition, Watermark watermark, boolean isEnd) {
        int before = count;
        pending = Long.MAX_VALUE;
        rows.walk(partition, slot -> {
            if (!isEnd && rows.orderTime(slot) > watermark.micros()) {
                pending = rows.orderTime(slot);
                return false;
            }
            if (count == slots.length) {
                slots = Arrays.copyOf(slots, count * 2);
            }
            slots[count++] = slot;
            return true;
        });
        if (pending != Long.MAX_VALUE) {
            alarms.wake(partition, pending);
        }
        if (count > before) {
            if (partitionCount == partitions.length) {
                partitions = Arrays.copyOf(partitions, partitionCount * 2);
                ends = Arrays.copyOf(ends, partitionCount * 2);
            }
            partitions[partitionCount] = partition;
            ends[partitionCount++] = count;
        }
    }

    private void search(Watermark watermark, boolean isEnd, Downstream out) {
        if (count == 0) {
            return;
        }
        try (MatchRows all = new MatchRows(rows.decode(slots, count), match.pattern().within(), watermark.micros(),
                isEnd)) {
            int[] places = new int[partitionCount + 1];
            int next = 0;
            for (int i = 0; i < partitionCount; i++) {
                for (; next < ends[i]; next++) {
                    all.add(next, rows.now(slots[next]));
                }
                places[i + 1] = all.count();
            }
            all.readTimes(match.order().getFirst().column());
            conditions.enter(all);
            for (int i = 0; i < partitionCount; i++) {
                all.enter(places[i], places[i + 1]);
                search(all, i, places[i], out);
            }
            output.flush(all, out);
        }
        count = 0;
        partitionCount = 0;
    }

    /// Searches one partition as far as it is decided, and lets go of what nobody needs any more.
    private void search(MatchRows all, int index, int begin, Downstream out) {
        int partition = partitions[index];
        State state = states.get(rows.touchedPartitions(), partition);
        Search search = new Search(all, begin + state.history(), state);
        search.run(out);
        int kept = Math.max(begin, search.start - rowsBefore);
        forget(index, kept - begin);
        boolean isOpen = search.start < all.end();
        boolean closes = isOpen && all.isBounded() && !all.isClosed(search.start);
        if (isOpen) {
            alarms.wake(partition, closes ? all.closes(search.start) : Long.MAX_VALUE);
        }
        if (state.waits() && (!isOpen || closes)) {
            alarms.cancel(rows.touchedPartitions(), partition, Long.MAX_VALUE);
        }
        states.put(rows.touchedPartitions(), partition, new State(isNumbered ? search.matches : 0,
                search.start - kept, coversUnmatched() ? Math.max(0, search.covered - search.start) : 0,
                isOpen && !closes));
    }

    private boolean coversUnmatched() {
        return match.pattern().rows() == Rows.ALL_WITH_UNMATCHED;
    }

    /// Drops the first rows of a partition.
    private void forget(int index, int many) {
        long left = many;
        for (int i = index == 0 ? 0 : ends[index - 1]; i < ends[index] && left > 0; i++) {
            long times = Math.min(left, rows.now(slots[i]));
            rows.lessen(slots[i], times);
            left -= times;
        }
    }

    /// One partition while it is searched.
    private final class Search {
        private final MatchRows all;
        private int start;
        /// Up to here rows are in some match.
        private int covered;
        private long matches;

        Search(MatchRows all, int start, State state) {
            this.all = all;
            this.start = start;
            this.covered = start + state.covered();
            this.matches = state.matches();
        }

        void run(Downstream out) {
            while (start < all.end()) {
                conditions.look(matches + 1);
                switch (matcher.find(start)) {
                    case WAITS -> {
                        return;
                    }
                    case NONE -> {
                        if (start >= covered) {
                            output.addUnmatched(all, start);
                        }
                        start++;
                    }
                    case FOUND -> {
                        Path found = matcher.match();
                        if (!output.isKnown(all, found)) {
                            return;
                        }
                        output.add(all, found, ++matches);
                        covered = Math.max(covered, found.isEmpty() ? start + 1 : found.place() + 1);
                        start = next(found);
                    }
                }
                output.flushIfFull(all, out);
            }
        }

        private int next(Path found) {
            if (found.isEmpty()) {
                return start + 1;
            }
            Skip skip = match.pattern().skip();
            return switch (skip.to()) {
                case PAST_LAST_ROW -> found.place() + 1;
                case NEXT_ROW -> start + 1;
                case FIRST, LAST -> at(skip, found);
            };
        }

        private int at(Skip skip, Path found) {
            int place = -1;
            for (Path path = found; !path.isEmpty(); path = path.before()) {
                if (skip.variables().contains(path.variable())) {
                    place = path.place();
                    if (skip.to() == Skip.To.LAST) {
                        break;
                    }
                }
            }
            if (place <= start) {
                String name = match.pattern().variables().get(skip.variables().getFirst()).name();
                throw new InvalidQuery("THW-4271", "AFTER MATCH SKIP TO " + skip.to() + " " + name + ": "
                        + (place < 0
                                ? "a match was found in which no row is " + name
                                : "it is the first row of the match, which would be found again for ever")
                        + ". Skip to a variable that each match has behind its first row, to NEXT ROW, or PAST LAST ROW.");
            }
            return place;
        }
    }

    @Override
    public void close() {
        rows.close();
        alarms.close();
        conditions.close();
    }
}
