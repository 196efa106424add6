package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.expression.function.TupleSketches;
import dev.thalweg.execution.expression.function.TupleSketches.Mode;
import dev.thalweg.planner.incremental.AggregateCall;
import dev.thalweg.spi.error.Defect;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.datasketches.tuple.SummaryFactory;
import org.apache.datasketches.tuple.TupleIntersection;
import org.apache.datasketches.tuple.TupleSketch;
import org.apache.datasketches.tuple.TupleUnion;
import org.apache.datasketches.tuple.UpdatableSummary;
import org.apache.datasketches.tuple.UpdatableTupleSketch;
import org.apache.datasketches.tuple.UpdatableTupleSketchBuilder;
import org.apache.datasketches.tuple.adouble.DoubleSummary;
import org.apache.datasketches.tuple.aninteger.IntegerSummary;
import org.jspecify.annotations.Nullable;

/// Makes the tuple sketches of one call: of keys and numbers, or of sketches that are put together. Like a theta sketch each is
/// cut down to its nominal entries before it is handed on, so that it is the same for every order of arrival; but for the last
/// digits of sums of doubles.
///
/// @param kind what the numbers are
/// @param does what becomes of the arguments
record TupleFolding<U, S extends UpdatableSummary<U>>(TupleSketches<S> kind, Does does, int nominalEntries, Mode mode)
        implements
            Folding {
    private static final byte[] NOTHING = {};

    private enum Does {
        COLLECT, UNITE, INTERSECT
    }

    /// Empty for a call of another function.
    static Optional<Folding> of(AggregateCall call) {
        return switch (call.function()) {
            case "tuple_sketch_agg_double" ->
                    Optional.of(new TupleFolding<Double, DoubleSummary>(call, TupleSketches.DOUBLES, Does.COLLECT));
            case "tuple_sketch_agg_integer" ->
                    Optional.of(new TupleFolding<Integer, IntegerSummary>(call, TupleSketches.INTEGERS, Does.COLLECT));
            case "tuple_union_agg_double" ->
                    Optional.of(new TupleFolding<Double, DoubleSummary>(call, TupleSketches.DOUBLES, Does.UNITE));
            case "tuple_union_agg_integer" ->
                    Optional.of(new TupleFolding<Integer, IntegerSummary>(call, TupleSketches.INTEGERS, Does.UNITE));
            case "tuple_intersection_agg_double" ->
                    Optional.of(new TupleFolding<Double, DoubleSummary>(call, TupleSketches.DOUBLES, Does.INTERSECT));
            case "tuple_intersection_agg_integer" ->
                    Optional.of(
                            new TupleFolding<Integer, IntegerSummary>(call, TupleSketches.INTEGERS, Does.INTERSECT));
            default -> Optional.empty(); // a rule: no other function keeps a tuple sketch
        };
    }

    private TupleFolding(AggregateCall call, TupleSketches<S> kind, Does does) {
        this(kind, does, TupleSketches.nominalEntries(call.constants().stream().map(each -> each.value())
                .filter(Number.class::isInstance).map(number -> ((Number) number).intValue()).findFirst()
                .orElse(TupleSketches.LG_NOMINAL_ENTRIES)), mode(call));
    }

    private static Mode mode(AggregateCall call) {
        return call.constants().stream().map(each -> each.value()).filter(String.class::isInstance)
                .map(name -> Mode.named((String) name)).findFirst().orElse(Mode.SUM);
    }

    @Override
    public boolean takesRows() {
        return true;
    }

    @Override
    public Sketch empty() {
        return switch (does) {
            case COLLECT ->
                    new Keys(new UpdatableTupleSketchBuilder<>(factory()).setNominalEntries(nominalEntries).build());
            case UNITE -> new Union(new TupleUnion<>(nominalEntries, kind.operations().apply(mode)));
            case INTERSECT -> new Intersection(new TupleIntersection<>(kind.operations().apply(mode)));
        };
    }

    @Override
    public Sketch of(byte[] bytes) {
        if (does == Does.COLLECT) {
            return new Keys(TupleSketch.heapifyUpdatableSketch(MemorySegment.ofArray(bytes), kind.reader(), factory()));
        }
        Sketch sketch = empty();
        if (bytes.length > 0) {
            sketch.add(new Object[] {bytes}, 1);
        }
        return sketch;
    }

    private SummaryFactory<S> factory() {
        return kind.factory().apply(mode);
    }

    /// Keys, each with its number.
    private final class Keys implements Sketch {
        private final UpdatableTupleSketch<U, S> sketch;

        Keys(UpdatableTupleSketch<U, S> sketch) {
            this.sketch = sketch;
        }

        @Override
        @SuppressWarnings("unchecked") // the planner casts to what the function takes
        public void add(Object value, long times) {
            @Nullable
            Object[] row = (@Nullable Object[]) value;
            U number = (U) Objects.requireNonNull(row[1]);
            for (long i = 0; i < times; i++) {
                update(Objects.requireNonNull(row[0]), number);
            }
        }

        private void update(Object key, U number) {
            switch (key) {
                case Double real -> sketch.update(real + 0.0, number);
                case Float real -> sketch.update(real + 0.0, number);
                case Long whole -> sketch.update(whole.longValue(), number);
                case Integer whole -> sketch.update(whole.longValue(), number);
                case String text -> sketch.update(text.getBytes(StandardCharsets.UTF_8), number);
                case byte[] bytes -> sketch.update(bytes, number);
                case List<?> list -> updateList(list, number);
                default -> throw new Defect("THW-9471", "A tuple sketch is given a " + key.getClass().getName()
                        + ". Please send the query.");
            }
        }

        /// A NULL in an array counts as 0, as in Spark.
        private void updateList(List<?> list, U number) {
            if (list.stream().anyMatch(Long.class::isInstance)) {
                sketch.update(list.stream().mapToLong(each -> each == null ? 0 : (Long) each).toArray(), number);
            } else {
                sketch.update(list.stream().mapToInt(each -> each == null ? 0 : (Integer) each).toArray(), number);
            }
        }

        @Override
        @SuppressWarnings("deprecation") // a compact sketch, which is not, takes no more keys
        public byte[] bytes() {
            return sketch.toByteArray();
        }

        @Override
        public Object result() {
            sketch.trim();
            return sketch.compact().toByteArray();
        }
    }

    private final class Union implements Sketch {
        private final TupleUnion<S> union;

        Union(TupleUnion<S> union) {
            this.union = union;
        }

        @Override
        public void add(Object value, long times) {
            byte[] bytes = (byte[]) Objects.requireNonNull(((@Nullable Object[]) value)[0]);
            for (long i = 0; i < times; i++) {
                union.union(kind.read(bytes));
            }
        }

        @Override
        public byte[] bytes() {
            return union.getResult().toByteArray();
        }

        @Override
        public Object result() {
            return bytes();
        }
    }

    private final class Intersection implements Sketch {
        private final TupleIntersection<S> both;

        Intersection(TupleIntersection<S> both) {
            this.both = both;
        }

        @Override
        public void add(Object value, long times) {
            byte[] bytes = (byte[]) Objects.requireNonNull(((@Nullable Object[]) value)[0]);
            for (long i = 0; i < times; i++) {
                both.intersect(kind.read(bytes));
            }
        }

        @Override
        public byte[] bytes() {
            return both.hasResult() ? both.getResult().toByteArray() : NOTHING;
        }

        @Override
        public Object result() {
            return both.hasResult() ? both.getResult().toByteArray() : TupleSketch.<S>createEmptySketch().toByteArray();
        }
    }
}
