package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.execution.hash.RowCodec;
import dev.thalweg.execution.operator.StateTables;
import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.planner.incremental.AggregateCall;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.state.StateTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;

/// Chooses an accumulator for each call, and lays out their fixed parts one behind the other.
final class AccumulatorChoice {
    private final AggregateDeclaration spec;
    private final StateTables tables;
    private final BufferAllocator allocator;
    private final Tails tails;
    private final List<Accumulator> chosen = new ArrayList<>();
    /// Where the fixed part of each lies.
    private final List<Integer> offsets = new ArrayList<>();
    /// The calls of values so far, by their arguments, and the tables that these calls share.
    private final Map<List<Integer>, Integer> placeAmongSharers = new HashMap<>();
    private final Map<List<Integer>, List<DistinctMembers>> membersOf = new HashMap<>();
    private int valueBytes = AggregateOperator.WEIGHT_OFFSET + 8;
    private int parts;

    AccumulatorChoice(AggregateDeclaration spec, StateTables tables, BufferAllocator allocator) {
        this.spec = spec;
        this.tables = tables;
        this.allocator = allocator;
        this.tails = new Tails((int) spec.calls().stream().filter(this::needsTail).count(), allocator);
        for (AggregateCall call : spec.calls()) {
            Accumulator accumulator = owner(chosen.size()).map(this::reader).orElseGet(() -> choose(call));
            offsets.add(valueBytes);
            chosen.add(accumulator);
            valueBytes += accumulator.valueBytes();
        }
    }

    /// The first call that keeps what this one needs.
    private Optional<Integer> owner(int call) {
        return IntStream.range(0, call).boxed()
                .filter(before -> SameState.is(spec.calls().get(before), spec.calls().get(call))).findFirst();
    }

    /// The next call, off the state of another.
    private Accumulator reader(int owner) {
        int end = valueBytes;
        valueBytes = offsets.get(owner);
        Accumulator reader = new SameState(choose(spec.calls().get(chosen.size())));
        valueBytes = end;
        return reader;
    }

    List<Accumulator> accumulators() {
        return chosen;
    }

    Tails tails() {
        return tails;
    }

    StateTable groups() {
        String value = IntStream.range(0, chosen.size()).filter(call -> !(chosen.get(call) instanceof SameState))
                .mapToObj(call -> sql(spec.calls().get(call))).collect(Collectors.joining(", "));
        return new StateTable(spec.name() + ".groups", valueBytes, parts > 0, spec.freedBy().isPresent(),
                spec.input().select(spec.keys()).sql(), "weight BIGINT" + (value.isEmpty() ? "" : ", " + value));
    }

    private String sql(AggregateCall call) {
        String arguments = call.arguments().stream().map(a -> spec.input().type(a).sql())
                .collect(Collectors.joining(", "));
        return call.function() + (call.distinct() ? "(DISTINCT " : "(") + arguments + ")"
                + (spec.changes() == Changes.RETRACT ? " retracting" : "");
    }

    private boolean retracts() {
        return spec.changes() == Changes.RETRACT;
    }

    private boolean needsTail(AggregateCall call) {
        if (foldingOfRows(call).isPresent()) {
            return true;
        }
        return switch (call.function()) {
            case "min", "max" -> !type(call).isFixedWidth();
            case "first", "last", "any_value", "collect_list", "collect_set", "listagg" -> true;
            case "max_by", "min_by" ->
                    retracts() || !call.constants().isEmpty() || call.arguments().stream()
                            .anyMatch(each -> !AggregateDeclaration.fitsLong(spec.input().type(each)));
            case "product" -> retracts();
            default -> KeptChoice.isOfRows(call, spec.input());
        };
    }

    private DataType type(AggregateCall call) {
        return spec.input().type(call.arguments().getFirst());
    }

    private Accumulator choose(AggregateCall call) {
        if (!isOfValues(call)) {
            return plain(call, false);
        }
        Accumulator plain = plain(call, true);
        int place = placeAmongSharers.merge(call.arguments(), 1, Integer::sum) - 1;
        DistinctMembers members = place % DistinctMembers.CALLS_MAX == 0
                ? openMembers(call, place)
                : membersOf.getOrDefault(call.arguments(), List.of()).getLast();
        return new DistinctValues(plain, members, place % DistinctMembers.CALLS_MAX);
    }

    /// Whether a value counts once, however often a group has it. Calls that do not care take every row instead.
    private static boolean isOfValues(AggregateCall call) {
        return switch (call.function()) {
            case "min", "max", "bool_and", "bool_or", "every", "any", "some", "first", "last", "any_value", "bit_and",
                    "bit_or" ->
                    false;
            case "max_by", "min_by" -> call.distinct() && !call.constants().isEmpty();
            case "collect_set" -> true;
            default -> call.distinct();
        };
    }

    private DistinctMembers openMembers(AggregateCall call, int place) {
        int sharers = (int) spec.calls().stream()
                .filter(other -> isOfValues(other) && other.arguments().equals(call.arguments())).count();
        int calls = Math.min(sharers - place, DistinctMembers.CALLS_MAX);
        StateTable table = new StateTable(spec.name() + ".distinct" + chosen.size(),
                DistinctMembers.valueBytes(retracts(), calls), false, spec.freedBy().isPresent(),
                groupsAndArguments(call), (retracts() ? "counts of " : "marks of ") + calls + " calls");
        DistinctMembers members = new DistinctMembers(KeyEncoder.of(spec.input(), call.arguments(), allocator),
                tables.open(table), new DistinctMembers.Kinds(retracts(), calls, tables.forgets()), allocator);
        membersOf.computeIfAbsent(call.arguments(), arguments -> new ArrayList<>()).add(members);
        return members;
    }

    private String groupsAndArguments(AggregateCall call) {
        List<Integer> columns = new ArrayList<>(spec.keys());
        columns.addAll(call.arguments());
        return spec.input().select(columns).sql();
    }

    private Accumulator plain(AggregateCall call, boolean distinct) {
        Optional<Folding> folding = foldingOfRows(call);
        if (folding.isPresent()) {
            return ofRows(call, folding.get());
        }
        String function = call.function();
        return switch (function) {
            case "count" -> call.arguments().isEmpty() && call.filter().isEmpty() && !distinct
                    ? CountAccumulator.all()
                    : CountAccumulator.at(valueBytes);
            case "sum", "try_sum" -> sum(call, false);
            case "avg", "try_avg" -> sum(call, true);
            case "min" -> extreme(call, false);
            case "max" -> extreme(call, true);
            case "bool_and", "every" -> new BooleanCounts(call.arguments().getFirst(), valueBytes, true);
            case "bool_or", "any", "some" -> new BooleanCounts(call.arguments().getFirst(), valueBytes, false);
            case "var_pop" -> spread(call, Spread.VAR_POP);
            case "var_samp", "variance" -> spread(call, Spread.VAR_SAMP);
            case "stddev_pop" -> spread(call, Spread.STDDEV_POP);
            case "stddev_samp", "stddev", "std" -> spread(call, Spread.STDDEV_SAMP);
            case "first", "any_value" -> firstOrLast(call, false);
            case "last" -> firstOrLast(call, true);
            case "collect_list", "listagg" -> collected(call, new RowCodec(arguments(call), allocator));
            case "collect_set" -> collected(call, RowCodec.ofKeys(arguments(call), allocator));
            case "bit_and" -> bits(call, BitAggregate.Kind.AND);
            case "bit_or" -> bits(call, BitAggregate.Kind.OR);
            case "bit_xor" -> bits(call, BitAggregate.Kind.XOR);
            case "skewness", "kurtosis" -> shape(call);
            case "corr", "covar_pop", "covar_samp", "regr_avgx", "regr_avgy", "regr_count", "regr_intercept",
                    "regr_r2", "regr_slope", "regr_sxx", "regr_sxy", "regr_syy" ->
                    pair(call);
            default -> other(call);
        };
    }

    /// Calls that keep their rows, or a sketch of them, where what has a fixed size does not do.
    private Accumulator other(AggregateCall call) {
        boolean inserts = !retracts();
        int first = call.arguments().getFirst();
        boolean by = call.function().endsWith("_by") && call.constants().isEmpty();
        if (inserts && by
                && call.arguments().stream().allMatch(each -> AggregateDeclaration.fitsLong(spec.input().type(each)))) {
            return new LongExtremeBy(first, call.arguments().get(1), valueBytes, call.function().equals("max_by"));
        }
        if (inserts && by) {
            return new BestRow(first, argument(call), KeptChoice.byKeys(spec.input(), call), valueBytes,
                    call.function().equals("max_by"), tails, parts++, allocator);
        }
        if (inserts && call.function().equals("product")) {
            return new ProductAccumulator(first, valueBytes);
        }
        KeptChoice kept = new KeptChoice(spec.input(), call, allocator);
        if (inserts && SketchKind.of(call, spec.input()).isPresent()) {
            return new SketchedValues(SketchKind.of(call, spec.input()).get(), List.of(first), valueBytes, tails,
                    parts++,
                    allocator);
        }
        return kept.recomputed(tables.open(keptRows(call)), valueBytes, tails, parts++);
    }

    /// A program's call, or one of tuple sketches.
    private static Optional<Folding> foldingOfRows(AggregateCall call) {
        return call.user().<Folding>map(UserFolding::new).or(() -> TupleFolding.of(call));
    }

    /// What rows are folded into where they are only added, else the rows.
    private Accumulator ofRows(AggregateCall call, Folding folding) {
        return retracts()
                ? new KeptChoice(spec.input(), call, allocator).ofRows(folding, tables.open(keptRows(call)),
                        new Recomputed.Place(valueBytes, tails, parts++))
                : new SketchedValues(folding, call.arguments(), valueBytes, tails, parts++, allocator);
    }

    private StateTable keptRows(AggregateCall call) {
        return new StateTable(spec.name() + ".rows" + chosen.size(), KeptRows.VALUE_BYTES, false,
                spec.freedBy().isPresent(), groupsAndArguments(call), "weight BIGINT, row BIGINT");
    }

    private RowType arguments(AggregateCall call) {
        return spec.input().select(call.arguments());
    }

    private Accumulator collected(AggregateCall call, RowCodec codec) {
        return new CollectedValues(call.arguments(), arguments(call), KeptChoice.listing(call), tails, parts++, codec,
                allocator);
    }

    private Accumulator bits(AggregateCall call, BitAggregate.Kind kind) {
        int argument = call.arguments().getFirst();
        return retracts() && kind != BitAggregate.Kind.XOR
                ? new BitCounts(argument, valueBytes, kind == BitAggregate.Kind.AND)
                : new BitAggregate(argument, valueBytes, kind);
    }

    private Accumulator shape(AggregateCall call) {
        Shape shape = Shape.valueOf(call.function().toUpperCase(Locale.ROOT));
        int argument = call.arguments().getFirst();
        return retracts()
                ? new ExactPowers(argument, valueBytes, shape)
                : new HigherMoments(argument, valueBytes, shape);
    }

    private Accumulator pair(AggregateCall call) {
        Pairing pairing = Pairing.valueOf(call.function().toUpperCase(Locale.ROOT));
        int y = call.arguments().get(0);
        int x = call.arguments().get(1);
        return retracts()
                ? new ExactPairs(y, x, valueBytes, pairing)
                : new PairMoments(y, x, valueBytes, pairing);
    }

    private Field argument(AggregateCall call) {
        return spec.input().field(call.arguments().getFirst());
    }

    private Accumulator sum(AggregateCall call, boolean average) {
        int argument = call.arguments().getFirst();
        DataType type = type(call);
        boolean orNull = call.function().startsWith("try_");
        if (type instanceof Decimal(_, int scale)) {
            return new DecimalSum(argument, scale, valueBytes, average, orNull);
        }
        if (!type.isFloating()) {
            return new WholeSum(argument, valueBytes, average, orNull);
        }
        return retracts()
                ? new ExactSum(argument, valueBytes, average)
                : new CompensatedSum(argument, valueBytes, average);
    }

    private Accumulator spread(AggregateCall call, Spread spread) {
        int argument = call.arguments().getFirst();
        return retracts()
                ? new ExactMoments(argument, valueBytes, spread)
                : new Moments(argument, valueBytes, spread);
    }

    private Accumulator extreme(AggregateCall call, boolean max) {
        DataType type = type(call);
        int argument = call.arguments().getFirst();
        Extreme extreme = !type.isFixedWidth()
                ? new BytesExtreme(argument, type, valueBytes, max, tails, parts++, allocator)
                : type instanceof Decimal
                        ? new DecimalExtreme(argument, valueBytes, max)
                        : new LongExtreme(argument, valueBytes, max);
        if (!retracts()) {
            return extreme;
        }
        StateTable counts = new StateTable(spec.name() + ".values" + chosen.size(), 8, false,
                spec.freedBy().isPresent(), groupsAndArguments(call), "count BIGINT");
        return new CountedExtreme(extreme, argument, max, new OrderedValues(type, allocator), tables.open(counts),
                allocator);
    }

    private Accumulator firstOrLast(AggregateCall call, boolean last) {
        if (retracts()) {
            return other(call);
        }
        return new FirstOrLast(call.arguments().getFirst(), argument(call), valueBytes, last, tails, parts++,
                allocator);
    }
}
