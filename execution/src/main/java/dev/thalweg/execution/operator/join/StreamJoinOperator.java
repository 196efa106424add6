package dev.thalweg.execution.operator.join;

import dev.thalweg.execution.hash.BatchRows;
import dev.thalweg.execution.hash.Gather;
import dev.thalweg.execution.hash.KeyedRows;
import dev.thalweg.execution.hash.NewColumns;
import dev.thalweg.execution.operator.Downstream;
import dev.thalweg.execution.operator.JoinCondition;
import dev.thalweg.execution.operator.Lateness;
import dev.thalweg.execution.operator.Operator;
import dev.thalweg.execution.operator.OperatorFactory.Lending;
import dev.thalweg.execution.operator.UsedKeys;
import dev.thalweg.execution.operator.Watermark;
import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.planner.incremental.JoinTime;
import dev.thalweg.planner.incremental.NeverMatched;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.PlanNode.JoinKind;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.spi.data.ArrowTypes;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.state.EncodedKeys;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/// Joins two inputs that both change.
///
/// Each batch meets the rows that the other side has at that moment, and is then kept itself; so every pair of rows meets once,
/// whichever came first, and weights multiply. A row that comes waits for those that the other side takes back in the same
/// trigger: no pair is given, or computed with, of a row that is new and one that is gone. What a side shows of its rows alone (those without a match, or with one) is
/// told by counts of matches, as the net change of the trigger; or, in append mode, once, when the watermark has closed
/// them.
///
/// State: a [JoinSide] each. Rows that have a time to live go when it is over: where the join may take rows back, as if the input had
/// taken them back; else in silence, and what was given stays. Changes: pairs as they come, the rest net.
/// Cost: one probe a row, then one loop a column over the pairs.
public final class StreamJoinOperator implements Operator {
    private static final int ROWS_MAX = 16_384;

    private final Rules rules;
    private final List<Boolean> takesBack;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final JoinSide[] sides;
    private final Optional<JoinCondition> condition;
    private final BufferAllocator allocator;
    private final RowType pairType;
    private final BatchRows batchRows = new BatchRows();
    private final int[] place = new int[ROWS_MAX];
    private final int[] batchRow = new int[ROWS_MAX];
    private final int[] otherSlot = new int[ROWS_MAX];
    private long[] matches = new long[0];
    private int[] firstSlot = new int[0];
    private int pairs;
    private final Alone alone = new Alone();

    /// What the join gives.
    ///
    /// @param type of the result
    /// @param givesPairs whether rows that match come out, beside each other
    /// @param onClose rows shown alone come out once, when they are final
    /// @param takesForgottenBack what was made of a row whose time to live is over
    private record Rules(RowType type, boolean givesPairs, boolean onClose, boolean takesForgottenBack) {}

    /// A row that comes while the other side may still take rows back.
    private record Waiting(int input, Batch rows) {}

    /// How a join is made.
    ///
    /// @param name of its state
    /// @param time what bounds it; empty: everything is kept and nothing is late
    /// @param traits of the join: whether rows shown alone come out once, when they are final, and what lives how long
    /// @param takesBack of each input whether the other waits for rows that it takes back
    /// @param keeps what is kept of equal rows of each input
    public record Plan(String name, PlanNode.StreamJoin join, Optional<JoinTime> time, StreamPlan.Traits traits,
            List<Boolean> takesBack, List<Keeps> keeps) {
        public Plan {
            takesBack = List.copyOf(takesBack);
            keeps = List.copyOf(keeps);
        }
    }

    /// Makes the join of one task.
    public static StreamJoinOperator of(Plan plan, Optional<JoinCondition> condition, Lending lending) {
        PlanNode.StreamJoin join = plan.join();
        JoinKind kind = join.kind();
        JoinSide.Shown left = switch (kind) {
            case LEFT, FULL, ANTI -> JoinSide.Shown.UNMATCHED;
            case SEMI -> JoinSide.Shown.MATCHED;
            case INNER, RIGHT -> JoinSide.Shown.NOTHING;
        };
        JoinSide.Shown right = kind == JoinKind.RIGHT || kind == JoinKind.FULL
                ? JoinSide.Shown.UNMATCHED
                : JoinSide.Shown.NOTHING;
        boolean givesPairs = kind != JoinKind.SEMI && kind != JoinKind.ANTI;
        JoinSide one = side(plan, 0, left, lending);
        JoinSide other = side(plan, 1, right, lending);
        return new StreamJoinOperator(
                new Rules(join.schema(), givesPairs, plan.traits().emitsOnClose(),
                        plan.traits().changes() == Changes.RETRACT),
                plan.takesBack(), new JoinSide[] {one, other}, condition, lending.allocator());
    }

    private record Time(int column, long keep) {
        boolean frees() {
            return keep < JoinTime.FOR_EVER;
        }
    }

    private static JoinSide side(Plan plan, int input, JoinSide.Shown shown, Lending lending) {
        Optional<Time> time = plan.time().map(t -> input == 0
                ? new Time(t.leftColumn(), t.leftKeep())
                : new Time(t.rightColumn(), t.rightKeep()));
        OptionalInt leading = time.filter(Time::frees).map(t -> OptionalInt.of(t.column())).orElse(OptionalInt.empty());
        Lateness lateness = time.map(t -> Lateness.by(t.column(), lending.resumed())).orElse(Lateness.none());
        List<Integer> keys = plan.join().meetBy(input);
        Set<Integer> needed = new TreeSet<>(keys);
        time.ifPresent(t -> needed.add(t.column()));
        OptionalLong lives = plan.traits().timeToLive(input);
        Optional<UsedKeys> used = lives.isPresent()
                ? Optional.of(new UsedKeys(lending.tables(), lending.allocator(), lending.clock(), lives.getAsLong()))
                : Optional.empty();
        boolean isLookedUp = input == 1 && (plan.join().kind() == JoinKind.SEMI || plan.join().kind() == JoinKind.ANTI);
        Keeps keeps = plan.keeps().get(input) == Keeps.EACH_APART && (isLookedUp || used.isPresent())
                ? Keeps.COUNTED
                : plan.keeps().get(input);
        return new JoinSide(
                new JoinSide.Declaration(plan.name() + (input == 0 ? ".left" : ".right"), keys, needed,
                        time.map(Time::keep).orElse(0L), shown, keeps,
                        NeverMatched.keepsNone(plan.join(), input)),
                new KeyedRows(plan.join().inputs().get(input).schema(), keys, leading, keeps == Keeps.EACH_APART,
                        lending.allocator()),
                lateness,
                new JoinSide.Place(lending.tables(), used));
    }

    private StreamJoinOperator(Rules rules, List<Boolean> takesBack, JoinSide[] sides,
            Optional<JoinCondition> condition, BufferAllocator allocator) {
        this.rules = rules;
        this.takesBack = takesBack;
        this.sides = sides;
        this.condition = condition;
        this.allocator = allocator;
        this.pairType = new RowType(Stream
                .concat(sides[0].codec.row().fields().stream(), sides[1].codec.row().fields().stream()).toList());
    }

    @Override
    public void push(int input, Batch batch, Downstream out) {
        JoinSide side = sides[input];
        try (Batch onTime = side.worthKeeping(side.lateness.refuse(batch, out))) {
            if (!takesBack.get(1 - input)) {
                take(input, onTime, out);
                return;
            }
            waiting.add(new Waiting(input, signed(onTime, true)));
            try (Batch gone = signed(onTime, false)) {
                take(input, gone, out);
            }
        }
    }

    /// The rows of a batch that come, or those that go; the batch stays the caller's.
    private static Batch signed(Batch batch, boolean comes) {
        int[] chosen = new int[batch.rowCount()];
        int count = 0;
        for (int i = 0; i < chosen.length; i++) {
            if (batch.weight(i) > 0 == comes) {
                chosen[count++] = batch.physical(i);
            }
        }
        return batch.retain().select(chosen, count);
    }

    private void take(int input, Batch batch, Downstream out) {
        int count = batch.rowCount();
        if (count == 0) {
            return;
        }
        JoinSide side = sides[input];
        if (matches.length < count) {
            matches = new long[count];
        }
        Arrays.fill(matches, 0, count, 0);
        int[] physical = batchRows.of(batch);
        EncodedKeys rows = side.codec.encode(batch);
        boolean[] meetsNone = side.lacking(batch, physical);
        side.enter(rows, meetsNone);
        meet(input, batch, physical, meetsNone, out);
        side.add(batch, rows, matches);
    }

    private void meet(int input, Batch batch, int[] physical, boolean[] meetsNone, Downstream out) {
        JoinSide other = sides[1 - input];
        EncodedKeys keys = sides[input].codec.keys();
        int count = batch.rowCount();
        if (firstSlot.length < count) {
            firstSlot = new int[count];
        }
        for (int i = 0; i < count; i++) { // alone in a loop, so that the processor waits for many at once
            firstSlot[i] = meetsNone[i] ? SlotChains.NONE : other.first(keys.hash(i));
        }
        for (int i = 0; i < count; i++) {
            if (firstSlot[i] == SlotChains.NONE || batch.weight(i) == 0) {
                continue;
            }
            long key = keys.address(i);
            int length = keys.length(i);
            for (int slot = firstSlot[i]; slot != SlotChains.NONE; slot = other.next(slot)) {
                if (other.weight(slot) != 0 && other.hasKey(slot, key, length)) {
                    place[pairs] = i;
                    batchRow[pairs] = physical[i];
                    otherSlot[pairs++] = slot;
                    if (pairs == ROWS_MAX) {
                        flush(input, batch, out);
                    }
                }
            }
        }
        flush(input, batch, out);
    }

    private void flush(int input, Batch batch, Downstream out) {
        if (pairs == 0) {
            return;
        }
        if (condition.isPresent()) {
            flushTrue(input, batch, condition.get(), out);
        } else {
            count(input, batch);
            if (rules.givesPairs()) {
                out.emit(joined(input, batch, rules.type()));
            }
        }
        pairs = 0;
    }

    /// Of the pairs only those for which the condition holds.
    private void flushTrue(int input, Batch batch, JoinCondition test, Downstream out) {
        try (Batch joined = joined(input, batch, pairType)) {
            int[] kept = new int[pairs];
            int count = 0;
            try (Batch truth = test.evaluate(joined.retain())) {
                FieldVector column = truth.vector(0);
                long data = column.getDataBufferAddress();
                for (int i = 0; i < pairs; i++) {
                    int row = truth.physical(i);
                    if (!column.isNull(row) && Memory.getBit(data, row)) {
                        place[count] = place[i];
                        otherSlot[count] = otherSlot[i];
                        kept[count++] = i;
                    }
                }
            }
            pairs = count;
            count(input, batch);
            if (rules.givesPairs() && count > 0) {
                List<Integer> all = IntStream.range(0, pairType.size()).boxed().toList();
                out.emit(joined.retain().select(kept, count).project(rules.type(), all));
            }
        }
    }

    private void count(int input, Batch batch) {
        JoinSide other = sides[1 - input];
        if (sides[input].shown != JoinSide.Shown.NOTHING) {
            for (int i = 0; i < pairs; i++) {
                matches[place[i]] += other.weight(otherSlot[i]);
            }
        }
        if (other.shown != JoinSide.Shown.NOTHING) {
            for (int i = 0; i < pairs; i++) {
                other.addMatches(otherSlot[i], batch.weight(place[i]));
            }
        }
    }

    private Batch joined(int input, Batch batch, RowType type) {
        JoinSide other = sides[1 - input];
        long[] at = new long[pairs];
        for (int i = 0; i < pairs; i++) {
            at[i] = other.address(otherSlot[i]);
        }
        int leftWidth = sides[0].codec.row().size();
        int[] rows = Arrays.copyOf(batchRow, pairs);
        try (NewColumns columns = new NewColumns(allocator)) {
            for (int i = 0; i < type.size(); i++) {
                int of = i < leftWidth ? 0 : 1;
                int column = i - of * leftWidth;
                if (of == input) {
                    columns.add(Gather.rows(batch.column(column), type.field(i), rows, pairs, allocator));
                } else {
                    columns.add(other.codec.column(column, type.field(i), at, pairs, allocator));
                }
            }
            long[] weights = new long[pairs];
            for (int i = 0; i < pairs; i++) {
                weights[i] = Math.multiplyExact(batch.weight(place[i]), other.weight(otherSlot[i]));
            }
            addWeights(columns, weights, pairs);
            return columns.batch(type, pairs);
        }
    }

    /// Rows that are all there once need none.
    private static void addWeights(NewColumns columns, long[] weights, int count) {
        for (int i = 0; i < count; i++) {
            if (weights[i] != 1) {
                columns.addWeights(weights, count);
                return;
            }
        }
    }

    @Override
    public void advance(Watermark watermark, Downstream out) {
        while (!waiting.isEmpty()) {
            Waiting next = waiting.remove();
            try (Batch rows = next.rows()) {
                take(next.input(), rows, out);
            }
        }
        if (rules.takesForgottenBack()) {
            takeForgottenBack(out);
        }
        for (int i = 0; i < sides.length; i++) {
            alone.begin(i, out);
            if (!rules.onClose()) {
                sides[i].changes(alone);
                alone.flush();
            }
            sides[i].removeGone();
            if (!rules.takesForgottenBack() && sides[i].findForgotten() > 0) {
                sides[i].removeForgotten();
            }
            sides[i].free(watermark.micros(), rules.onClose() ? alone : (_, _) -> {});
            alone.flush();
            sides[i].lateness.advance(watermark);
        }
    }

    /// One side behind the other, so that a pair of two rows that go is taken back once.
    private void takeForgottenBack(Downstream out) {
        for (int i = 0; i < sides.length; i++) {
            int count = sides[i].findForgotten();
            for (int from = 0; from < count; from += ROWS_MAX) {
                try (Batch rows = sides[i].forgotten(from, Math.min(ROWS_MAX, count - from), allocator)) {
                    take(i, rows, out);
                }
            }
        }
    }

    @Override
    public long dueMicros() {
        return Math.min(sides[0].dueMicros(), sides[1].dueMicros());
    }

    /// Rows of one side that are shown by themselves, or with NULLs for the other's.
    private final class Alone implements JoinSide.Shows {
        private final long[] at = new long[ROWS_MAX];
        private final long[] weights = new long[ROWS_MAX];
        private int count;
        private int side;
        private Downstream out = NOWHERE;

        void begin(int of, Downstream to) {
            side = of;
            out = to;
        }

        @Override
        public void row(long address, long weight) {
            at[count] = address;
            weights[count++] = weight;
            if (count == ROWS_MAX) {
                flush();
            }
        }

        void flush() {
            if (count > 0) {
                out.emit(batch());
                count = 0;
            }
        }

        private Batch batch() {
            int leftWidth = sides[0].codec.row().size();
            int[] nulls = new int[count];
            Arrays.fill(nulls, Gather.NULL_ROW);
            try (NewColumns columns = new NewColumns(allocator)) {
                for (int i = 0; i < rules.type().size(); i++) {
                    int of = i < leftWidth ? 0 : 1;
                    if (of == side) {
                        columns.add(sides[side].codec.column(i - of * leftWidth, rules.type().field(i), at, count,
                                allocator));
                    } else {
                        columns.add(nullColumn(i, nulls));
                    }
                }
                addWeights(columns, weights, count);
                return columns.batch(rules.type(), count);
            }
        }

        private FieldVector nullColumn(int column, int[] nulls) {
            try (FieldVector none = ArrowTypes.newVector(rules.type().field(column), allocator)) {
                return Gather.rows(none, rules.type().field(column), nulls, count, allocator);
            }
        }
    }

    private static final Downstream NOWHERE = new Downstream() {
        @Override
        public void emit(Batch batch) {
            batch.close();
        }

        @Override
        public void late(Batch rows) {
            rows.close();
        }
    };

    @Override
    public void close() {
        waiting.forEach(each -> each.rows().close());
        for (JoinSide side : sides) {
            side.close();
        }
        condition.ifPresent(JoinCondition::close);
    }
}
