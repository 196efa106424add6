package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.planner.incremental.AggregateCall;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.Defect;
import dev.thalweg.state.EncodedKeys;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/// The rows of a batch that count for a call: where each lies, how often it counts, and where its group's state is.
///
/// Fields are plain arrays so that the loops over them stay loops; the first [#count] entries are valid.
final class CallRows {
    int count;
    /// Physical row numbers of the batch.
    int[] row = new int[0];
    /// Address of the fixed part of the group's state; moves only between batches.
    long[] value = new long[0];
    int[] slot = new int[0];
    /// Number of the row's key in [#keys].
    int[] key = new int[0];
    /// How often each row counts, or null when each counts once.
    long @Nullable [] weight;

    private Batch batch = Batch.of(RowType.of(), List.of(), 0);
    private EncodedKeys keys = new EncodedKeys(0);
    private long[] ownWeight = new long[0];

    Batch batch() {
        return batch;
    }

    /// The encoded group keys of the batch.
    EncodedKeys keys() {
        return keys;
    }

    void begin(Batch input, EncodedKeys encoded) {
        this.batch = input;
        this.keys = encoded;
    }

    /// Makes room for `capacity` rows; the arrays may be new ones.
    void reserve(int capacity) {
        if (value.length < capacity) { // not `row`, which may be the batch's own
            int size = Math.max(capacity, 1024);
            row = new int[size];
            value = new long[size];
            slot = new int[size];
            key = new int[size];
        }
    }

    /// Room for weights of our own.
    long[] reserveWeights(int capacity) {
        if (ownWeight.length < capacity) {
            ownWeight = new long[Math.max(capacity, 1024)];
        }
        return ownWeight;
    }

    /// Reads the weights of the batch for the rows that are set.
    ///
    /// @param onlyInserts whether the plan says that no row is ever taken back
    void weigh(boolean onlyInserts, String operator) {
        BigIntVector weights = batch.weights();
        if (weights == null) {
            weight = null;
            return;
        }
        long data = weights.getDataBufferAddress();
        long[] own = reserveWeights(count);
        long or = 0;
        for (int i = 0; i < count; i++) {
            own[i] = Memory.getLong(data + ((long) row[i] << 3));
            or |= own[i];
        }
        if (or < 0 && onlyInserts) {
            throw new Defect("THW-9401", "A row was taken back from '" + operator + "', whose input only adds rows"
                    + " according to the plan. Please send the query and EXPLAIN INCREMENTAL of it.");
        }
        weight = own;
    }

    /// Lets each call take in those of `all` that count for it.
    void addEach(CallRows all, List<AggregateCall> calls, List<Accumulator> accumulators) {
        for (int i = 0; i < accumulators.size(); i++) {
            AggregateCall call = calls.get(i);
            Accumulator accumulator = accumulators.get(i);
            if (accumulator instanceof SameState || counted(all, call, accumulator)) {
                continue;
            }
            List<Integer> notNull = notNull(call);
            CallRows rows = selectFrom(all, notNull, call.filter()) ? all : this;
            if (rows.count > 0) {
                accumulator.add(rows);
            }
        }
    }

    /// Counts the rows that a filter lets through where they are, without picking them out.
    private static boolean counted(CallRows all, AggregateCall call, Accumulator accumulator) {
        if (!(accumulator instanceof CountAccumulator count) || call.filter().isEmpty()) {
            return false;
        }
        for (int argument : call.arguments()) {
            if (all.mayBeNull(argument)) {
                return false;
            }
        }
        count.addWhere(all, all.vector(call.filter().get()));
        return true;
    }

    /// The columns that must be there for a row to count.
    static List<Integer> notNull(AggregateCall call) {
        if (call.user().isPresent()) {
            return List.of(); // a program's function sees NULLs itself
        }
        return switch (call.function()) {
            case "first", "last", "any_value" -> call.ignoreNulls() ? call.arguments() : List.of();
            case "max_by", "min_by" -> List.of(call.arguments().getLast());
            case "approx_top_k", "approx_top_k_accumulate" -> List.of(); // NULL is an item like others
            default -> call.values(); // a rule: every other call passes over NULLs
        };
    }

    /// Keeps of `all` the rows whose arguments are not null and whose filter is true; says whether that is every row, in
    /// which case `all` itself serves and nothing was copied.
    private boolean selectFrom(CallRows all, List<Integer> arguments, Optional<Integer> filter) {
        Batch input = all.batch;
        boolean mayBeNull = false;
        boolean isVoid = false;
        for (int argument : arguments) {
            mayBeNull |= input.column(argument).hasNulls();
            isVoid |= input.type().type(argument) == Simple.VOID;
        }
        if (!mayBeNull && filter.isEmpty() && !isVoid) {
            return true;
        }
        begin(input, all.keys);
        reserve(all.count);
        count = isVoid ? 0 : chooseRows(all, filter.map(input::vector));
        for (int argument : arguments) {
            if (input.column(argument).hasNulls()) {
                count = dropNulls(all, input.vector(argument).getValidityBufferAddress());
            }
        }
        gather(all);
        return false;
    }

    private boolean mayBeNull(int argument) {
        return batch.type().type(argument) == Simple.VOID || batch.column(argument).hasNulls();
    }

    private int chooseRows(CallRows all, Optional<FieldVector> filter) {
        if (filter.isEmpty()) {
            for (int i = 0; i < all.count; i++) {
                key[i] = i;
            }
            return all.count;
        }
        FieldVector vector = filter.get();
        long data = vector.getDataBufferAddress();
        long validity = vector.getNullCount() == 0 ? 0 : vector.getValidityBufferAddress();
        int chosen = 0;
        for (int i = 0; i < all.count; i++) {
            int at = all.row[i];
            key[chosen] = i; // written over, unless it is counted: which rows pass is hard to foretell
            chosen += bit(data, at) & (validity == 0 ? 1 : bit(validity, at));
        }
        return chosen;
    }

    static int bit(long bits, int at) {
        return Memory.getByte(bits + (at >>> 3)) >>> (at & 7) & 1;
    }

    private int dropNulls(CallRows all, long validity) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int from = key[i];
            if (Memory.getBit(validity, all.row[from])) {
                key[kept++] = from;
            }
        }
        return kept;
    }

    /// `key[i]` is the place in `all` here, which is the number of the key too: `all` holds every row in order.
    private void gather(CallRows all) {
        for (int i = 0; i < count; i++) {
            int from = key[i];
            row[i] = all.row[from];
            value[i] = all.value[from];
            slot[i] = all.slot[from];
        }
        long[] weights = all.weight;
        if (weights == null) {
            weight = null;
            return;
        }
        long[] own = reserveWeights(count);
        for (int i = 0; i < count; i++) {
            own[i] = weights[key[i]];
        }
        weight = own;
    }

    FieldVector vector(int column) {
        return batch.vector(column);
    }

    DataType type(int column) {
        return batch.type().type(column);
    }
}
