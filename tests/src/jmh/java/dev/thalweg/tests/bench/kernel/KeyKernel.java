package dev.thalweg.tests.bench.kernel;

import dev.thalweg.execution.exchange.KeyRouter;
import dev.thalweg.execution.hash.GroupTable;
import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.MemoryCharge;
import dev.thalweg.state.StateTable;
import dev.thalweg.state.overlay.ResidentTable;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.RootAllocator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// What a row's key costs: encoding it, finding its group in a table of a trigger and in state, sending it to its task.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(KeyKernel.BATCHES * Rows.COUNT)
public class KeyKernel {
    static final int BATCHES = 64;
    private static final int TASKS = 4;

    /// Which columns make the key.
    public enum Key {
        LONG(List.of(Rows.ID)),
        TWO_LONGS(List.of(Rows.ID, Rows.N)),
        TEXT(List.of(Rows.S)),
        TEXT_AND_LONG(List.of(Rows.S, Rows.ID));

        private final List<Integer> columns;

        Key(List<Integer> columns) {
            this.columns = columns;
        }
    }

    @Param
    Key key = Key.LONG;
    @Param({"1000", "100000"})
    int keys;

    private final RootAllocator allocator = new RootAllocator();
    private final List<KeyEncoder> encoders = new ArrayList<>();
    private final List<EncodedKeys> encoded = new ArrayList<>();
    private final int[] ids = new int[Rows.COUNT];
    private List<Batch> batches = List.of();
    private GroupTable groups = new GroupTable(allocator);
    private ResidentTable state = new ResidentTable(new StateTable("groups", 8, false, false, "", ""),
            MemoryCharge.UNLIMITED);
    private KeyRouter router = KeyRouter.wholeRows(Rows.TYPE, TASKS, allocator);

    @Setup(Level.Trial)
    public void open() {
        batches = Rows.make(BATCHES, keys, allocator);
        router.close();
        router = new KeyRouter(new KeyRouter.Key(Rows.TYPE, key.columns, OptionalInt.empty()), TASKS, allocator);
        for (Batch batch : batches) {
            KeyEncoder encoder = KeyEncoder.of(Rows.TYPE, key.columns, allocator);
            encoders.add(encoder);
            EncodedKeys some = encoder.encode(batch);
            encoded.add(some);
            groups.findOrInsert(some, ids);
            state.findOrInsert(some, ids);
        }
        state.commit();
    }

    @Benchmark
    public long encode() {
        long sum = 0;
        for (int i = 0; i < BATCHES; i++) {
            sum += encoders.get(i).encode(batches.get(i)).hash(0);
        }
        return sum;
    }

    @Benchmark
    public long findGroup() {
        long sum = 0;
        for (EncodedKeys some : encoded) {
            groups.find(some, ids);
            sum += ids[0];
        }
        return sum;
    }

    @Benchmark
    public long findInState() {
        long sum = 0;
        for (EncodedKeys some : encoded) {
            state.find(some, ids);
            sum += ids[0];
        }
        return sum;
    }

    @Benchmark
    public int[] exchange() {
        int[] rows = new int[TASKS];
        for (Batch batch : batches) {
            router.route(batch.retain(), (task, part) -> {
                try (part) {
                    rows[task] += part.rowCount();
                }
            });
        }
        return rows;
    }

    @TearDown(Level.Trial)
    public void close() {
        encoders.forEach(KeyEncoder::close);
        batches.forEach(Batch::close);
        router.close();
        groups.close();
        state.close();
        allocator.close();
    }
}
