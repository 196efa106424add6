package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.planner.incremental.AggregateCall;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;

/// What an aggregate does.
///
/// @param name stable in the query, such as `3-aggregate`: its tables are named after it
/// @param input the rows it reads; `keys` and the calls' arguments are columns of it
/// @param output the key columns, then one for each call
/// @param changes of the input
/// @param freedBy the key column by whose time groups are freed; empty: never
/// @param emitsOnClose hands a group over once, when the watermark has passed it, and nothing before
/// @param emitsForNoInput whether a group without keys, which is there even when no row is, belongs to this task
public record AggregateDeclaration(String name, RowType input, List<Integer> keys, List<AggregateCall> calls,
        RowType output,
        Changes changes, OptionalInt freedBy, boolean emitsOnClose, boolean emitsForNoInput) {
    /// A name that no identifier can have.
    private static final String PARTIAL = "\0partial";

    public AggregateDeclaration {
        keys = List.copyOf(keys);
        calls = List.copyOf(calls);
    }

    public KeyEncoder encoder(BufferAllocator allocator) {
        return KeyEncoder.of(input, keys, freedBy, allocator);
    }

    /// Whether rows can be folded in the tasks that read them, before they travel to the task that owns their group.
    ///
    /// Calls whose state is of fixed width and needs no table of its own can: not DISTINCT, not collected values, not the
    /// order of arrival; over input that retracts only what is exact in few bytes.
    public boolean isFoldable() {
        return calls.stream().allMatch(this::isFoldable);
    }

    private boolean isFoldable(AggregateCall call) {
        if (call.distinct()) {
            return false;
        }
        boolean onlyInserts = changes == Changes.INSERT_ONLY;
        return switch (call.function()) {
            case "count", "bool_and", "bool_or", "bit_and", "bit_or", "bit_xor" -> true;
            case "sum", "avg", "try_sum", "try_avg" ->
                    onlyInserts || !input.type(call.arguments().getFirst()).isFloating();
            case "min", "max" -> onlyInserts && input.type(call.arguments().getFirst()).isFixedWidth();
            case "var_pop", "var_samp", "stddev_pop", "stddev_samp", "skewness", "kurtosis", "product", "corr",
                    "covar_pop", "covar_samp", "regr_avgx", "regr_avgy", "regr_count", "regr_intercept", "regr_r2",
                    "regr_slope", "regr_sxx", "regr_sxy", "regr_syy" ->
                    onlyInserts;
            case "max_by", "min_by" -> onlyInserts && call.constants().isEmpty()
                    && call.arguments().stream().allMatch(argument -> fitsLong(input.type(argument)));
            default -> false; // a rule: whatever is not known to fold travels row by row
        };
    }

    /// Whether values of a type are up to 64 bits wide.
    static boolean fitsLong(DataType type) {
        return type instanceof Simple && type.isFixedWidth() && type != Simple.VOID;
    }

    /// What travels once rows are folded: the key columns, then the fixed part of the group.
    public RowType foldedType() {
        List<Field> fields = new ArrayList<>(input.select(keys).fields());
        fields.add(new Field(PARTIAL, Simple.BINARY, false));
        return new RowType(fields);
    }

    /// What travels where folding does not pay: the key columns, then the whole row. So a router finds the keys in front
    /// in both.
    RowType passedType() {
        List<Field> fields = new ArrayList<>(input.select(keys).fields());
        fields.addAll(input.fields());
        return new RowType(fields);
    }

    List<Integer> passedColumns() {
        List<Integer> columns = new ArrayList<>(keys);
        columns.addAll(inputColumns(0));
        return columns;
    }

    /// The columns of the row in [#passedType].
    List<Integer> rowColumns() {
        return inputColumns(keys.size());
    }

    private List<Integer> inputColumns(int from) {
        return IntStream.range(from, from + input.size()).boxed().toList();
    }

    /// Whether rows came folded or passed on: no column of a user's has that name.
    boolean isFolded(Batch batch) {
        return batch.columnCount() == keys.size() + 1
                && batch.type().field(keys.size()).name().equals(PARTIAL);
    }

    /// Of the keys of folded rows.
    public KeyEncoder foldedEncoder(BufferAllocator allocator) {
        List<Integer> leading = IntStream.range(0, keys.size()).boxed().toList();
        OptionalInt time = freedBy.isPresent() ? OptionalInt.of(keys.indexOf(freedBy.getAsInt())) : freedBy;
        return KeyEncoder.of(foldedType(), leading, time, allocator);
    }

    boolean isGlobal() {
        return keys.isEmpty();
    }
}
