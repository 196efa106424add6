package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.BatchRows;
import dev.thalweg.execution.hash.GroupFinder;
import dev.thalweg.execution.hash.GroupTable;
import dev.thalweg.execution.hash.KeyDecoder;
import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.execution.hash.NewColumns;
import dev.thalweg.execution.hash.RawVectors;
import dev.thalweg.execution.hash.RowCodec;
import dev.thalweg.execution.hash.Scratch;
import dev.thalweg.execution.hash.Slices;
import dev.thalweg.execution.operator.Downstream;
import dev.thalweg.execution.operator.Lateness;
import dev.thalweg.execution.operator.Operator;
import dev.thalweg.execution.operator.Panes;
import dev.thalweg.execution.operator.Watermark;
import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.Defect;
import dev.thalweg.state.EncodedKeys;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/// Folds rows into groups in the task that reads them, so that one row a group travels to the group's owner, not all.
///
/// State: none between triggers; a table of groups within one.
/// Changes: out come groups in parts ([AggregateDeclaration#foldedType]), which [AggregateOperator] merges. Where there are
/// about as many groups as rows it stops folding for the rest of the trigger and passes rows on; panes it always folds.
/// Cost: as an aggregate without state: one probe a row, one tight loop a call. A STRING of the key is copied when its group
/// is new, so a stage may feed it with [Slices]. A row that comes with a pane in place of its sliding windows is folded
/// once; [PaneWindows] makes the windows of it.
public final class PreAggregateOperator implements Operator {
    private static final int GROUPS_MAX = 1 << 18;
    /// Of panes there are so few that about so many windows leave at once, unless a pane lies in very many.
    private static final int WINDOWS_MAX = 1 << 18;
    private static final int PANES_MIN = 16;
    private static final int PANES_MAX = 1 << 16;
    private static final int OUTPUT_ROWS_MAX = 16_384;
    /// After so many rows it is decided whether folding may pay.
    private static final long TRIAL_ROWS = 16_384;

    /// No call that is folded asks for the keys.
    private static final EncodedKeys NO_KEYS = new EncodedKeys(0);

    private final AggregateDeclaration spec;
    private final RowType foldedType;
    private final RowType passedType;
    private final Lateness lateness;
    private final BufferAllocator allocator;
    private final GroupFinder finder;
    private final KeyDecoder decoder;
    private final List<Accumulator> accumulators;
    private final int valueBytes;
    private final GroupTable groups;
    private final Optional<PaneWindows> windows;
    private final int groupsMax;
    private final Scratch values;
    private final BatchRows batchRows = new BatchRows();
    private final CallRows all = new CallRows();
    private final CallRows some = new CallRows();
    /// That the groups are made of.
    private long rowsTaken;
    private boolean pays = true;

    /// @param spec of a foldable aggregate
    public PreAggregateOperator(AggregateDeclaration spec, Lateness lateness, BufferAllocator allocator) {
        this(spec, Optional.empty(), lateness, Watermark.NONE, allocator);
    }

    /// @param panes that rows come with in place of windows, having been judged
    /// @param resumed W when the operator is made
    public PreAggregateOperator(AggregateDeclaration spec, Optional<Panes> panes, Lateness lateness, Watermark resumed,
            BufferAllocator allocator) {
        this.spec = spec;
        this.foldedType = spec.foldedType();
        this.passedType = spec.passedType();
        this.lateness = lateness;
        this.allocator = allocator;
        List<Integer> columns = panes.map(cut -> PaneWindows.columns(spec, cut)).orElse(spec.keys());
        KeyEncoder encoder = panes.isPresent()
                ? KeyEncoder.of(spec.input(), columns, allocator)
                : spec.encoder(allocator);
        this.decoder = new KeyDecoder(encoder.layout());
        AccumulatorChoice choice = new AccumulatorChoice(spec, table -> {
            throw new Defect("THW-9404", "A folded aggregate asks for the table '" + table.name() + "'.");
        }, allocator);
        this.accumulators = choice.accumulators();
        this.valueBytes = choice.groups().valueBytes();
        this.groups = new GroupTable(allocator);
        this.groupsMax = panes.map(cut -> Math.clamp(WINDOWS_MAX / cut.windows(), PANES_MIN, PANES_MAX))
                .orElse(GROUPS_MAX);
        this.finder = new GroupFinder(encoder, groups, allocator);
        this.values = new Scratch(allocator);
        this.windows = panes.map(cut -> new PaneWindows(spec, cut, columns, decoder, choice, resumed, allocator));
    }

    @Override
    public void push(int input, Batch batch, Downstream out) {
        Batch onTime = lateness.refuse(batch, out);
        if (!pays && windows.isEmpty()) {
            pass(onTime, out);
            return;
        }
        try (onTime) {
            if (onTime.rowCount() > 0) {
                fold(onTime);
            }
        }
        pays &= rowsTaken < TRIAL_ROWS || mayPay();
        if (!pays || groups.size() >= groupsMax) {
            flush(out);
        }
    }

    /// Whether half of the rows were folded, or may be in the end: where there are no more than some hundred thousand groups, one
    /// in twenty of the first rows is of a group that was there before.
    private boolean mayPay() {
        return groups.size() < (groups.size() < groupsMax ? rowsTaken / 20 * 19 : rowsTaken / 2);
    }

    private void pass(Batch batch, Downstream out) {
        out.emit(Slices.copied(batch, allocator).project(passedType, spec.passedColumns()));
    }

    private void fold(Batch batch) {
        int count = batch.rowCount();
        all.begin(batch, NO_KEYS);
        all.reserve(count);
        all.row = batchRows.of(batch);
        int known = groups.size();
        finder.find(batch, all.row, count, all.slot);
        long base = values.grow((long) known * valueBytes, (long) groups.size() * valueBytes);
        zero(base + (long) known * valueBytes, base + (long) groups.size() * valueBytes);
        for (int i = 0; i < count; i++) {
            all.value[i] = base + (long) all.slot[i] * valueBytes;
        }
        all.key = batchRows.identity(count);
        all.count = count;
        all.weigh(spec.changes() == Changes.INSERT_ONLY, spec.name());
        CountAccumulator.addWeights(all, AggregateOperator.WEIGHT_OFFSET);
        some.addEach(all, spec.calls(), accumulators);
        rowsTaken += count;
    }

    private static void zero(long from, long to) {
        for (long at = from; at < to; at += 8) {
            Memory.putLong(at, 0);
        }
    }

    private void flush(Downstream out) {
        rowsTaken = 0;
        if (windows.isPresent()) {
            windows.get().emit(groups, values.address(), out);
            groups.clear();
            return;
        }
        for (int from = 0; from < groups.size(); from += OUTPUT_ROWS_MAX) {
            out.emit(folded(from, Math.min(OUTPUT_ROWS_MAX, groups.size() - from)));
        }
        groups.clear();
    }

    private Batch folded(int from, int count) {
        long[] at = new long[count];
        for (int i = 0; i < count; i++) {
            at[i] = groups.keyAddress(from + i);
        }
        RowType keyType = spec.input().select(spec.keys());
        try (NewColumns columns = new NewColumns(allocator)) {
            RowCodec.columns(decoder, keyType, at, count, allocator).forEach(columns::add);
            writePartials(columns.add(foldedType.field(spec.keys().size())), from, count);
            return columns.batch(foldedType, count);
        }
    }

    private void writePartials(FieldVector partial, int from, int count) {
        RawVectors.allocate(partial, count, (long) count * valueBytes);
        Memory.copy(values.address() + (long) from * valueBytes, partial.getDataBufferAddress(),
                (long) count * valueBytes);
        for (int i = 1; i <= count; i++) {
            Memory.putInt(partial.getOffsetBufferAddress() + ((long) i << 2), i * valueBytes);
        }
        RawVectors.finish(partial, count);
    }

    @Override
    public void advance(Watermark watermark, Downstream out) {
        flush(out);
        pays = true;
        lateness.advance(watermark);
        windows.ifPresent(each -> each.advance(watermark));
    }

    @Override
    public void close() {
        finder.close();
        groups.close();
        values.close();
        windows.ifPresent(PaneWindows::close);
        accumulators.forEach(Accumulator::close);
    }
}
