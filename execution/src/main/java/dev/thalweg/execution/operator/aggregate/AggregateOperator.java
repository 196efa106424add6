package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.BatchRows;
import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.execution.operator.Downstream;
import dev.thalweg.execution.operator.Lateness;
import dev.thalweg.execution.operator.Operator;
import dev.thalweg.execution.operator.StateTables;
import dev.thalweg.execution.operator.Watermark;
import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyedState;
import java.util.List;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/// Keeps one row a group up to date, whatever is added and taken back.
///
/// State: a table `group -> weight, accumulators`, and what single calls keep beside it ([Accumulator]). A group with a
/// time key is freed when the watermark passes it; any other when its weight falls to 0, or when it has lived its time.
/// Changes: each changed group's old row out and new row in, once a trigger and only where they differ. Where it emits on
/// close: a group's row once, when the watermark has passed it, and nothing else.
/// Cost: one probe a row, then one tight loop a call over the batch; output costs by changed group.
public final class AggregateOperator implements Operator {
    /// Where the weight of a group lies in its fixed part; the accumulators follow.
    static final int WEIGHT_OFFSET = 0;

    private final AggregateDeclaration spec;
    private final Lateness lateness;
    private final KeyEncoder encoder;
    private final List<Accumulator> accumulators;
    private final Tails tails;
    private final KeyedState groups;
    private final GroupOutput output;
    private final MovedGroups movedGroups;
    private final BatchRows batchRows = new BatchRows();
    private final CallRows all = new CallRows();
    private final CallRows some = new CallRows();
    private final boolean readsFolded;
    private final boolean forgets;
    private final KeyEncoder foldedEncoder;
    private long[] partials = new long[0];

    /// @param encoder of the group key, as [AggregateDeclaration#encoder] makes it; taken over
    /// @param readsFolded whether [PreAggregateOperator] is below
    public AggregateOperator(AggregateDeclaration spec, KeyEncoder encoder, boolean readsFolded, StateTables tables,
            Lateness lateness, BufferAllocator allocator) {
        this.readsFolded = readsFolded;
        this.forgets = tables.forgets();
        this.foldedEncoder = spec.foldedEncoder(allocator);
        this.spec = spec;
        this.lateness = lateness;
        this.encoder = encoder;
        AccumulatorChoice choice = new AccumulatorChoice(spec, tables, allocator);
        this.accumulators = choice.accumulators();
        this.tails = choice.tails();
        this.groups = tables.openKeys(choice.groups().withKeysOf(encoder.layout().bytesOfAll()));
        tails.attach(groups);
        this.movedGroups = new MovedGroups(spec, encoder.layout(), allocator);
        this.output = new GroupOutput(spec, groups, accumulators, encoder.layout(), allocator);
    }

    @Override
    public void push(int input, Batch batch, Downstream out) {
        if (readsFolded && spec.isFolded(batch)) {
            try (batch) {
                merge(batch);
            }
            return;
        }
        Batch rows = readsFolded ? batch.project(spec.input(), spec.rowColumns()) : batch;
        try (Batch onTime = lateness.refuse(rows, out)) {
            if (onTime.rowCount() > 0) {
                group(onTime, encoder.encode(onTime));
                all.weigh(spec.changes() == Changes.INSERT_ONLY, spec.name());
                CountAccumulator.addWeights(all, WEIGHT_OFFSET);
                some.addEach(all, spec.calls(), accumulators);
            }
        }
    }

    /// Takes rows whose groups may have grown out of others: those are merged into them, and are gone.
    ///
    /// @param moves of which row's group they are now; its keys begin with other bounds
    void take(Batch rows, SessionMoves moves) {
        EncodedKeys keys = encoder.encode(rows);
        group(rows, keys);
        all.weigh(spec.changes() == Changes.INSERT_ONLY, spec.name());
        CountAccumulator.addWeights(all, WEIGHT_OFFSET);
        some.addEach(all, spec.calls(), accumulators);
        if (moves.count > 0) {
            move(keys, moves);
        }
    }

    private void move(EncodedKeys keys, SessionMoves moves) {
        MovedGroups moved = movedGroups;
        EncodedKeys old = moved.keys(keys, moves);
        int[] slots = moved.slots(moves.count);
        groups.find(old, slots);
        some.begin(all.batch(), keys);
        some.reserve(moves.count);
        if (partials.length < moves.count) {
            partials = new long[moves.count];
        }
        int count = 0;
        for (int i = 0; i < moves.count; i++) {
            if (slots[i] != KeyedState.ABSENT && !groups.isRemoved(slots[i])) { // bounds that were passed through have no group
                groups.touch(slots[i]);
                partials[count] = groups.value(slots[i]);
                some.value[count] = all.value[moves.row[i]];
                some.slot[count] = all.slot[moves.row[i]];
                slots[count++] = slots[i];
            }
        }
        some.count = count;
        some.weight = null;
        CountAccumulator.mergeLongs(some, partials, WEIGHT_OFFSET);
        accumulators.forEach(accumulator -> accumulator.merge(some, partials));
        for (int i = 0; i < count; i++) {
            groups.remove(slots[i]);
        }
    }

    /// Shows some key columns of the groups whose time is at or below `micros`.
    void forEachClosed(long micros, List<Integer> columns, Consumer<Batch> closed) {
        output.forEachKeyThrough(micros, columns, closed);
    }

    /// Shows some key columns of the groups that have gone: those that were merged into others, or that have lived their time.
    void forEachGone(List<Integer> columns, Consumer<Batch> gone) {
        output.forEachKeyGone(columns, gone);
    }

    private void merge(Batch batch) {
        int count = batch.rowCount();
        if (count == 0) {
            return;
        }
        group(batch, foldedEncoder.encode(batch));
        FieldVector folded = batch.vector(spec.keys().size());
        if (partials.length < count) {
            partials = new long[count];
        }
        for (int i = 0; i < count; i++) {
            int offset = Memory.getInt(folded.getOffsetBufferAddress() + ((long) all.row[i] << 2));
            partials[i] = folded.getDataBufferAddress() + offset;
        }
        CountAccumulator.mergeLongs(all, partials, WEIGHT_OFFSET);
        accumulators.forEach(accumulator -> accumulator.merge(all, partials));
    }

    /// Finds the group of every row, so that the calls only loop over arrays.
    private void group(Batch batch, EncodedKeys keys) {
        int count = batch.rowCount();
        all.begin(batch, keys);
        all.reserve(count);
        groups.findOrInsert(keys, all.slot);
        for (int i = 0; i < count; i++) {
            groups.touch(all.slot[i]);
        }
        for (int i = 0; i < count; i++) {
            all.value[i] = groups.value(all.slot[i]);
        }
        all.row = batchRows.of(batch);
        all.key = batchRows.identity(count);
        all.count = count;
    }

    @Override
    public void advance(Watermark watermark, Downstream out) {
        if (spec.isGlobal() && spec.emitsForNoInput() && groups.size() == 0) {
            insertGlobal();
        }
        if (forgets) {
            forgetBeside();
        }
        ChangedGroups changed = new ChangedGroups(groups);
        accumulators.forEach(accumulator -> accumulator.settle(changed));
        if (spec.emitsOnClose()) {
            removeDead();
            output.emitThrough(watermark.micros(), out);
        } else {
            output.emitChanges(out);
            removeDead();
        }
        if (spec.freedBy().isPresent() && watermark.micros() != Long.MIN_VALUE) {
            free(watermark.micros());
        }
        lateness.advance(watermark);
    }

    /// Groups that are gone by now have lived their time.
    private void forgetBeside() {
        for (int i = 0; i < groups.changedCount(); i++) {
            int slot = groups.changed(i);
            if (groups.isRemoved(slot)) {
                accumulators.forEach(
                        accumulator -> accumulator.forget(groups.keyAddress(slot), groups.keyLength(slot)));
            }
        }
    }

    private void insertGlobal() {
        try (Batch one = Batch.of(spec.input(), List.of(), 1)) {
            groups.findOrInsert(encoder.encode(one), new int[1]);
        }
    }

    private void removeDead() {
        if (spec.isGlobal() || spec.changes() == Changes.INSERT_ONLY) {
            return; // a group with rows that nobody takes back lives
        }
        for (int i = 0; i < groups.changedCount(); i++) {
            int slot = groups.changed(i);
            if (!groups.isRemoved(slot) && Memory.getLong(groups.value(slot) + WEIGHT_OFFSET) == 0) {
                groups.remove(slot);
            }
        }
    }

    private void free(long micros) {
        groups.removeThrough(micros);
        accumulators.forEach(accumulator -> accumulator.removeThrough(micros));
    }

    @Override
    public void close() {
        encoder.close();
        foldedEncoder.close();
        movedGroups.close();
        tails.close();
        accumulators.forEach(Accumulator::close);
    }
}
