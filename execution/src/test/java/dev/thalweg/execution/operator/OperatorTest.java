package dev.thalweg.execution.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.BatchBuilder;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.data.VectorValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/// The harness every operator is tested with: rows in, rows out, state written to a checkpoint and restored from it after
/// every trigger, and memory back to zero at the end.
///
/// ```java
/// try (OperatorTest test = OperatorTest.of(maker)) {
///     test.insert(ROW, "a", 1L).trigger().emits("+1 [a, 1]");
/// }
/// ```
public final class OperatorTest implements AutoCloseable {
    /// Makes the operator under test.
    public interface Maker {
        Operator make(StateTables tables, BufferAllocator allocator, Watermark resumed);
    }

    private final Maker maker;
    private final RootAllocator allocator;
    private final StateHome home;
    private final Map<String, Long> emitted = new LinkedHashMap<>();
    private final Map<List<@Nullable Object>, Long> result = new LinkedHashMap<>();
    private final List<String> late = new ArrayList<>();
    private Watermark watermark = Watermark.NONE;
    private @Nullable Operator operator;

    private OperatorTest(Maker maker, StateHome home, RootAllocator allocator) {
        this.maker = maker;
        this.home = home;
        this.allocator = allocator;
    }

    public static OperatorTest of(Maker maker) {
        return new OperatorTest(maker, new StateHome.InCheckpoint(), new RootAllocator());
    }

    /// Keeps state in memory: for properties, which run by the thousand.
    public static OperatorTest inMemory(Maker maker) {
        return new OperatorTest(maker, new StateHome.InMemory(), new RootAllocator());
    }

    /// Does the same with more and more memory until it is enough, and expects that every attempt gives all of it back.
    public static void inAnyMemory(Maker maker, Consumer<OperatorTest> steps) {
        int failures = 0;
        for (long bytes = 256; !isEnough(bytes, maker, steps); bytes += 256) {
            failures++;
        }
        assertThat(failures).as("attempts with too little memory").isGreaterThan(3);
    }

    private static boolean isEnough(long bytes, Maker maker, Consumer<OperatorTest> steps) {
        boolean isEnough = true;
        OperatorTest test = new OperatorTest(maker, new StateHome.InMemory(), new RootAllocator(bytes));
        try {
            steps.accept(test);
        } catch (OutOfMemoryException _) {
            isEnough = false;
        }
        test.close();
        return isEnough;
    }

    public BufferAllocator allocator() {
        return allocator;
    }

    /// The operator of the current trigger, made anew when the trigger before has ended.
    private Operator operator() {
        Operator current = operator;
        if (current == null) {
            current = maker.make(home.tables(), allocator, watermark);
            operator = current;
            emitted.clear();
            late.clear();
        }
        return current;
    }

    public OperatorTest insert(RowType type, @Nullable Object... values) {
        return push(0, type, 1, values);
    }

    public OperatorTest delete(RowType type, @Nullable Object... values) {
        return push(0, type, -1, values);
    }

    /// One row as a batch of its own.
    public OperatorTest push(int input, RowType type, long weight, @Nullable Object... values) {
        operator(); // first, for it may not fit into the memory
        try (BatchBuilder builder = new BatchBuilder(type, allocator)) {
            if (weight == 1) {
                builder.add(Arrays.asList(values));
            } else {
                builder.add(Arrays.asList(values), weight);
            }
            return push(input, builder.build());
        }
    }

    public OperatorTest push(int input, Batch batch) {
        ready(batch).push(input, batch, downstream());
        return this;
    }

    /// The operator, which takes the batch over; where there is no memory to make it, nobody does.
    private Operator ready(Batch batch) {
        try {
            return operator();
        } catch (OutOfMemoryException e) {
            batch.close();
            throw e;
        }
    }

    public OperatorTest trigger() {
        return trigger(watermark.micros());
    }

    /// Ends the trigger with the watermark W', commits, and stops the operator.
    public OperatorTest trigger(long watermarkMicros) {
        Operator current = operator();
        watermark = new Watermark(watermarkMicros);
        current.advance(watermark, downstream());
        current.close();
        operator = null;
        home.commit();
        return this;
    }

    /// Ends the trigger and commits; the operator goes on, with what it keeps beside its state.
    public OperatorTest goOn() {
        operator().advance(watermark, downstream());
        home.commit();
        emitted.clear();
        late.clear();
        return this;
    }

    private Downstream downstream() {
        return new Downstream() {
            @Override
            public void emit(Batch batch) {
                try (batch) {
                    for (int i = 0; i < batch.rowCount(); i++) {
                        List<@Nullable Object> row = row(batch, i);
                        emitted.merge(row.toString(), batch.weight(i), Long::sum);
                        result.merge(row, batch.weight(i), Long::sum);
                    }
                }
            }

            @Override
            public void late(Batch rows) {
                try (rows) {
                    for (int i = 0; i < rows.rowCount(); i++) {
                        late.add(row(rows, i).toString());
                    }
                }
            }
        };
    }

    public static List<@Nullable Object> row(Batch batch, int row) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int column = 0; column < batch.columnCount(); column++) {
            values.add(VectorValues.get(batch.vector(column), batch.physical(row), batch.type().type(column)));
        }
        return values;
    }

    /// Expects exactly these rows of the trigger.
    ///
    /// @param rows such as `+1 [a, 2]`, in any order: the net of what the trigger emitted
    public OperatorTest emits(String... rows) {
        List<String> found = new ArrayList<>();
        emitted.forEach((row, weight) -> {
            if (weight != 0) {
                found.add((weight > 0 ? "+" : "") + weight + " " + row);
            }
        });
        assertThat(found).as("emitted").containsExactlyInAnyOrder(rows);
        return this;
    }

    public OperatorTest emitsNothing() {
        return emits();
    }

    public OperatorTest refuses(String... rows) {
        assertThat(late).as("late rows").containsExactlyInAnyOrder(rows);
        return this;
    }

    /// All that was emitted so far, added up; rows that cancel are gone.
    public Map<List<@Nullable Object>, Long> result() {
        Map<List<@Nullable Object>, Long> net = new LinkedHashMap<>(result);
        net.values().removeIf(weight -> weight == 0);
        return net;
    }

    /// Expects so many entries of state.
    ///
    /// @param entries in all tables of the operator
    public OperatorTest holds(long entries) {
        assertThat(home.entries()).as("entries held").isEqualTo(entries);
        return this;
    }

    @Override
    public void close() {
        if (operator != null) {
            operator.close();
        }
        home.close();
        assertThat(allocator.getAllocatedMemory()).as("memory left behind").isZero();
        allocator.close();
    }
}
