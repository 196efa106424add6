package dev.thalweg.execution.operator.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.execution.hash.Scratch;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.BatchBuilder;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.MemoryCharge;
import dev.thalweg.state.StateTable;
import dev.thalweg.state.overlay.ResidentTable;
import dev.thalweg.state.overlay.StoredTable;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The values that DISTINCT calls share")
final class DistinctMembersTest {
    private static final RowType ROW = RowType.of(Field.of("g", Simple.INT), Field.of("x", Simple.BIGINT));
    private static final int VALUES = 1_000;
    private static final long BOTH_CALLS = 3;

    private final BufferAllocator allocator = new RootAllocator();
    private final KeyEncoder groups = KeyEncoder.of(ROW, List.of(0), allocator);
    private final Disk disk = new Disk();
    private final ResidentTable table = new ResidentTable(
            new StateTable("members", DistinctMembers.valueBytes(false, 2), false, false, "g INT, x BIGINT", "marks"),
            new AlwaysShort(), disk);
    private final DistinctMembers members = new DistinctMembers(KeyEncoder.of(ROW, List.of(1), allocator), table,
            new DistinctMembers.Kinds(false, 2, false), allocator);

    @AfterEach
    void close() {
        members.close();
        groups.close();
        table.close();
        allocator.close();
    }

    @Test
    @DisplayName("are known to each call, also where memory is short and what an earlier call looked up is dropped for a later one")
    void staysTrueWhereMemoryIsShort() {
        CallRows fresh = new CallRows();
        try (Batch batch = batch(LongStream.range(0, VALUES).map(i -> 2 * i))) {
            members.collectTransitions(rows(batch, 1), 0, fresh);
            members.collectTransitions(rows(batch, 1), 1, fresh);
            disk.hold(batch);
        }
        members.settle();
        table.commit();
        table.shrink(0);
        try (Batch batch = batch(LongStream.range(0, 2 * VALUES))) {
            members.collectTransitions(rows(batch, 2), 0, fresh);
            assertThat(fresh.count).as("even values, which were there before").isZero();
            members.collectTransitions(rows(batch, 1), 1, fresh);
            assertThat(IntStream.range(0, fresh.count).map(i -> fresh.row[i])).hasSize(VALUES)
                    .allMatch(row -> row % 2 == 1);
        }
    }

    private Batch batch(LongStream values) {
        try (BatchBuilder builder = new BatchBuilder(ROW, allocator)) {
            values.forEach(value -> builder.add(List.of(0, value)));
            return builder.build();
        }
    }

    /// Every `step`th row of a batch.
    private CallRows rows(Batch batch, int step) {
        CallRows rows = new CallRows();
        rows.begin(batch, groups.encode(batch));
        rows.reserve(batch.rowCount());
        rows.count = 0;
        for (int i = 0; i < batch.rowCount(); i += step) {
            rows.row[rows.count] = i;
            rows.key[rows.count++] = i;
        }
        return rows;
    }

    private static final class AlwaysShort implements MemoryCharge {
        @Override
        public void charge(long bytes) {}

        @Override
        public boolean isShort() {
            return true;
        }
    }

    /// Entries that an earlier trigger left, marked by both calls.
    private final class Disk implements StoredTable {
        private final Set<ByteBuffer> keys = new HashSet<>();

        void hold(Batch batch) {
            try (MemberKeys memberKeys = new MemberKeys(allocator);
                    KeyEncoder encoder = KeyEncoder.of(ROW, List.of(1), allocator)) {
                CallRows rows = rows(batch, 1);
                EncodedKeys known = memberKeys.of(rows, encoder.encode(batch, rows.row, rows.count));
                for (int i = 0; i < known.count(); i++) {
                    keys.add(key(known, i));
                }
            }
        }

        private static ByteBuffer key(EncodedKeys keys, int i) {
            byte[] bytes = new byte[keys.length(i)];
            Memory.copy(keys.address(i), bytes, 0, bytes.length);
            return ByteBuffer.wrap(bytes);
        }

        @Override
        public void fetch(EncodedKeys asked, int[] rows, int count, Visitor visitor) {
            try (Scratch scratch = new Scratch(allocator)) {
                for (int i = 0; i < count; i++) {
                    int row = rows[i];
                    if (keys.contains(key(asked, row))) {
                        long at = scratch.reserve(16);
                        Memory.putInt(at, (int) (asked.hash(row) >>> 32));
                        Memory.putLong(at + 4, BOTH_CALLS);
                        visitor.visit((int) (asked.hash(row) & 127), asked.address(row), asked.length(row), at, 12);
                    }
                }
            }
        }

        @Override
        public void scan(Visitor visitor) {}

        @Override
        public void scanThrough(long micros, Visitor visitor) {}
    }
}
