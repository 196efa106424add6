package dev.thalweg.execution.operator.join;

import dev.thalweg.execution.hash.BatchRows;
import dev.thalweg.execution.hash.KeyedRows;
import dev.thalweg.execution.operator.Downstream;
import dev.thalweg.execution.operator.Lateness;
import dev.thalweg.execution.operator.Operator;
import dev.thalweg.execution.operator.StateTables;
import dev.thalweg.execution.operator.Watermark;
import dev.thalweg.execution.operator.join.TimedRows.Between;
import dev.thalweg.execution.operator.join.TimedRows.Freeing;
import dev.thalweg.planner.incremental.JoinTime;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.PlanNode.AsofJoin;
import dev.thalweg.planner.incremental.PlanNode.JoinKind;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/// Beside each left row the nearest right row of its key, by time.
///
/// Rows are taken in as they come; when the trigger ends, each left row that is new, or between a changed right row and the next
/// one, looks up its nearest row, and what differs from before comes out. In append mode a left row comes out once, when the
/// watermark has made its nearest row certain. A row whose key or time is NULL meets nothing.
///
/// State: a [TimedRows] each. Looking back, left rows go when the watermark passes them, and right rows when it passes the next
/// one; looking forward, right rows go when it passes them, and left rows when it passes the right row that follows. Of a right
/// side that is all there at the start no left row need be kept.
/// Changes: net, the old row right before the new one.
/// Cost: a walk down a tree for each row that comes and each left row that a right one touches.
public final class AsofJoinOperator implements Operator {
    private final AsofJoin join;
    private final TimedRows left;
    private final TimedRows right;
    private final boolean onClose;
    private final boolean looksUp;
    private final boolean frees;
    private final PairedRows pairs;
    private final BatchRows batchRows = new BatchRows();
    /// Of each left row the right one beside it; not where left rows come out once.
    private int[] nearest = new int[0];
    private int[] touched = new int[0];
    private boolean[] isTouched = new boolean[0];
    private int touchedCount;
    private long freedThrough;

    /// How an as-of join is made.
    ///
    /// @param name of its state
    /// @param time what its watermark says; empty: everything is kept and nothing is late
    /// @param onClose left rows come out once, when they are final
    /// @param looksUp the right side never changes
    public record Plan(String name, AsofJoin join, Optional<JoinTime> time, boolean onClose, boolean looksUp) {}

    /// Makes the join of one task.
    ///
    /// @param resumed W after the last committed trigger
    public static AsofJoinOperator of(Plan plan, StateTables tables, Watermark resumed, BufferAllocator allocator) {
        AsofJoin join = plan.join();
        AsofJoin.Match match = join.match();
        Freeing passed = plan.time().isPresent() ? Freeing.BY_TIME : Freeing.NEVER;
        Freeing lingering = plan.time().isPresent() ? Freeing.ONE_BY_ONE : Freeing.NEVER;
        TimedRows.Declaration left = new TimedRows.Declaration(plan.name() + ".left", join.leftKeys(), match.leftTime(),
                match.backward() ? passed : lingering);
        TimedRows.Declaration right = new TimedRows.Declaration(plan.name() + ".right", join.rightKeys(),
                match.rightTime(), match.backward() ? lingering : passed);
        return new AsofJoinOperator(plan, side(left, join.left(), plan.time().isPresent(), tables, resumed, allocator),
                side(right, join.right(), plan.time().isPresent(), tables, resumed, allocator), resumed, allocator);
    }

    private static TimedRows side(TimedRows.Declaration side, PlanNode input, boolean timed, StateTables tables,
            Watermark resumed, BufferAllocator allocator) {
        Lateness lateness = timed ? Lateness.by(side.time(), resumed) : Lateness.none();
        return new TimedRows(side, new KeyedRows(input.schema(), side.keys(), OptionalInt.of(side.time()), allocator),
                lateness, tables);
    }

    private AsofJoinOperator(Plan plan, TimedRows left, TimedRows right, Watermark resumed, BufferAllocator allocator) {
        this.join = plan.join();
        this.left = left;
        this.right = right;
        this.onClose = plan.onClose();
        this.looksUp = plan.looksUp();
        this.frees = plan.time().isPresent();
        this.pairs = new PairedRows(left.codec, right.codec, join.schema(), allocator);
        this.freedThrough = resumed.micros();
        if (!onClose && !looksUp) {
            left.forEach(slot -> {
                reserve(slot);
                nearest[slot] = nearest(slot);
            });
        }
    }

    // ---- rows in

    @Override
    public void push(int input, Batch batch, Downstream out) {
        TimedRows side = input == 0 ? left : right;
        try (Batch onTime = side.lateness.refuse(batch, out); Batch meeting = meeting(input, onTime, out)) {
            if (meeting.rowCount() > 0) {
                side.add(meeting);
            }
        }
    }

    /// The rows that can meet any. The others come out at once where left rows are given out alone.
    private Batch meeting(int input, Batch batch, Downstream out) {
        List<Integer> columns = new ArrayList<>(input == 0 ? join.leftKeys() : join.rightKeys());
        columns.add(input == 0 ? join.match().leftTime() : join.match().rightTime());
        int[] physical = batchRows.of(batch);
        int count = batch.rowCount();
        boolean[] isNull = new boolean[count];
        for (int column : columns) {
            markNulls(batch, column, physical, isNull);
        }
        int[] rows = new int[count];
        int[] alone = new int[count];
        int kept = 0;
        int nulls = 0;
        for (int i = 0; i < count; i++) {
            if (isNull[i]) {
                alone[nulls++] = physical[i];
            } else {
                rows[kept++] = physical[i];
            }
        }
        if (nulls == 0) {
            return batch.retain();
        }
        if (input == 0 && join.kind() == JoinKind.LEFT) {
            out.emit(pairs.alone(batch, alone, nulls));
        }
        return batch.retain().select(rows, kept);
    }

    private static void markNulls(Batch batch, int index, int[] physical, boolean[] isNull) {
        Column column = batch.column(index);
        if (column.hasNulls()) {
            FieldVector vector = batch.vector(index);
            for (int i = 0; i < batch.rowCount(); i++) {
                isNull[i] |= vector.isNull(physical[i]);
            }
        }
    }

    // ---- the nearest row

    /// The right row beside a left one, or [TimedRows#NONE].
    private int nearest(int leftSlot) {
        long time = left.time(leftSlot);
        AsofJoin.Match match = join.match();
        if (match.backward()) {
            return match.exclusive() && time == Long.MIN_VALUE
                    ? TimedRows.NONE
                    : right.last(left, leftSlot, match.exclusive() ? time - 1 : time);
        }
        return match.exclusive() && time == Long.MAX_VALUE
                ? TimedRows.NONE
                : right.first(left, leftSlot, match.exclusive() ? time + 1 : time);
    }

    /// Touches the left rows beside which a right row stands, or stood when the trigger began.
    private void touchBeside(int rightSlot, boolean atBegin) {
        AsofJoin.Match match = join.match();
        long time = right.time(rightSlot);
        int neighbour = right.neighbour(rightSlot, match.backward(), atBegin);
        boolean isHidden = neighbour != TimedRows.NONE && right.time(neighbour) == time;
        boolean isOutermost = match.exclusive() && time == (match.backward() ? Long.MAX_VALUE : Long.MIN_VALUE);
        if (isHidden || isOutermost) {
            return;
        }
        left.walk(right, rightSlot, beside(time, neighbour), slot -> {
            touch(slot);
            return true;
        });
    }

    private Between beside(long time, int neighbour) {
        boolean exclusive = join.match().exclusive();
        if (join.match().backward()) {
            long next = neighbour == TimedRows.NONE ? Long.MAX_VALUE : right.time(neighbour);
            return new Between(exclusive ? time + 1 : time,
                    exclusive || neighbour == TimedRows.NONE ? next : next - 1);
        }
        long last = neighbour == TimedRows.NONE ? Long.MIN_VALUE : right.time(neighbour);
        return new Between(exclusive || neighbour == TimedRows.NONE ? last : last + 1, exclusive ? time - 1 : time);
    }

    private void touch(int slot) {
        reserve(slot);
        if (!isTouched[slot]) {
            isTouched[slot] = true;
            if (touchedCount == touched.length) {
                touched = Arrays.copyOf(touched, Math.max(256, touchedCount * 2));
            }
            touched[touchedCount++] = slot;
        }
    }

    private void reserve(int slot) {
        if (slot >= nearest.length) {
            int capacity = Math.max(slot + 1, Math.max(256, nearest.length * 2));
            nearest = Arrays.copyOf(nearest, capacity);
            isTouched = Arrays.copyOf(isTouched, capacity);
        }
    }

    // ---- rows out

    @Override
    public void advance(Watermark watermark, Downstream out) {
        if (onClose) {
            right.removeGone();
        } else {
            emitChanges(out);
        }
        if (frees && watermark.micros() != Long.MIN_VALUE) {
            if (join.match().backward()) {
                closeBackward(watermark.micros(), out);
            } else {
                closeForward(watermark.micros(), out);
            }
        }
        pairs.flush(out);
        left.lateness.advance(watermark);
        right.lateness.advance(watermark);
    }

    private void emitChanges(Downstream out) {
        for (int i = 0; i < left.changedCount(); i++) {
            touch(left.changed(i));
        }
        if (!looksUp) {
            for (int i = 0; i < right.changedCount(); i++) {
                int slot = right.changed(i);
                boolean was = right.before(slot) > 0;
                if (was != right.weight(slot) > 0) {
                    touchBeside(slot, was);
                }
            }
        }
        right.removeGone();
        for (int i = 0; i < touchedCount; i++) {
            emitChange(touched[i], out);
            isTouched[touched[i]] = false;
        }
        pairs.flush(out);
        if (looksUp) {
            for (int i = 0; i < touchedCount; i++) {
                left.remove(touched[i]);
            }
        } else {
            left.removeGone();
        }
        touchedCount = 0;
    }

    private void emitChange(int slot, Downstream out) {
        long was = left.before(slot);
        long is = left.weight(slot);
        int before = nearest[slot];
        int now = is == 0 ? TimedRows.NONE : nearest(slot);
        if (was != 0 && is != 0 && before == now) {
            emit(slot, now, is - was, out);
        } else {
            emit(slot, before, -was, out);
            emit(slot, now, is, out);
        }
        nearest[slot] = now;
    }

    private void emit(int leftSlot, int rightSlot, long weight, Downstream out) {
        if (weight != 0 && (rightSlot != TimedRows.NONE || join.kind() == JoinKind.LEFT)) {
            pairs.add(left.address(leftSlot),
                    rightSlot == TimedRows.NONE ? PairedRows.NOTHING : right.address(rightSlot), weight, out);
        }
    }

    // ---- what the watermark has passed

    private void closeBackward(long micros, Downstream out) {
        if (onClose) {
            left.forEachThrough(micros, slot -> emit(slot, nearest(slot), left.weight(slot), out));
            pairs.flush(out);
        }
        left.removeThrough(micros);
        touchedCount = 0;
        right.walkTime(freedThrough, micros, slot -> {
            int replaced = right.neighbour(slot, false, false);
            if (replaced != TimedRows.NONE) {
                collect(replaced);
            }
            return true;
        });
        for (int i = 0; i < touchedCount; i++) {
            right.remove(touched[i]);
        }
        touchedCount = 0;
        freedThrough = Math.max(freedThrough, micros);
    }

    private void closeForward(long micros, Downstream out) {
        List<Integer> passed = new ArrayList<>();
        right.forEachThrough(micros, passed::add);
        for (int rightSlot : passed) {
            long time = right.time(rightSlot);
            if (join.match().exclusive() && time == Long.MIN_VALUE) {
                continue;
            }
            Between waiting = new Between(Long.MIN_VALUE, join.match().exclusive() ? time - 1 : time);
            left.walk(right, rightSlot, waiting, slot -> {
                collect(slot);
                return true;
            });
            for (int i = 0; i < touchedCount; i++) {
                if (onClose) {
                    emit(touched[i], nearest(touched[i]), left.weight(touched[i]), out);
                }
                left.remove(touched[i]);
            }
            touchedCount = 0;
        }
        pairs.flush(out);
        right.removeThrough(micros);
    }

    private void collect(int slot) {
        if (touchedCount == touched.length) {
            touched = Arrays.copyOf(touched, Math.max(256, touchedCount * 2));
        }
        touched[touchedCount++] = slot;
    }

    @Override
    public void close() {
        left.close();
        right.close();
    }
}
