package dev.thalweg.state.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.state.MemoryCharge;
import dev.thalweg.state.StateTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An entry for which there is no room")
final class RefusedEntryTest {
    private static final int LONG_KEY_BYTES = 512 << 10;

    private final AtomicLong charged = new AtomicLong();
    private long chargedMax = Long.MAX_VALUE;

    private void charge(long bytes) {
        if (bytes > 0 && charged.get() + bytes > chargedMax) {
            throw new IllegalStateException("no room");
        }
        charged.addAndGet(bytes);
    }

    @Test
    @DisplayName("gives the memory of its long key back with the table")
    void givesTheKeyBack() {
        try (Keys keys = new Keys();
                ResidentTable table = new ResidentTable(new StateTable("t", 8, false, false, "STRING", "BIGINT"),
                        this::charge)) {
            List<byte[]> fill = new ArrayList<>();
            for (int i = 0; i < 1024; i++) { // the next entry needs another chunk
                fill.add(Keys.timed(i, new byte[0]));
            }
            table.findOrInsert(keys.of(fill), new int[fill.size()]);
            table.commit();
            chargedMax = charged.get() + LONG_KEY_BYTES + 16_000;
            assertThatThrownBy(() -> table.findOrInsert(keys.of(new byte[LONG_KEY_BYTES]), new int[1]))
                    .hasMessage("no room");
            table.abort();
            assertThat(table.size()).isEqualTo(1024);
        }
        assertThat(charged).hasValue(0);
    }

    @Test
    @DisplayName("keeps a buffer as large as it has been, unless that is very large, or large and little used")
    void shrinksBuffers() {
        MemoryCharge charge = this::charge;
        try (ByteSink sink = new ByteSink(charge)) {
            sink.putBytes(new byte[4 << 20]);
            sink.settle();
            assertThat(charged).hasValue(4 << 20);
            sink.putBytes(new byte[20 << 20]);
            sink.settle();
            assertThat(charged).hasValue(20 << 20);
            sink.putBytes(new byte[1 << 20]); // much was kept for it
            sink.settle();
            assertThat(charged).hasValue(0);
            sink.putBytes(new byte[80 << 20]);
            sink.settle();
            assertThat(charged).hasValue(0);
            for (int i = 0; i < 80; i++) {
                sink.putBytes(new byte[1 << 20]);
            }
            assertThat(charged.get()).isBetween(80L << 20, 95L << 20); // not doubled: about as much as last time
        }
        assertThat(charged).hasValue(0);
    }

    @Test
    @DisplayName("finds some after a large trigger: what that alone needed goes back with the small ones that follow")
    void givesTheRoomOfALargeTriggerBack() {
        int rows = 50_000;
        try (Keys keys = new Keys();
                ByteSink log = new ByteSink(MemoryCharge.UNLIMITED);
                ResidentTable table = new ResidentTable(new StateTable("t", 8, false, false, "STRING", "BIGINT"),
                        this::charge)) {
            trigger(table, keys, log, 0, rows);
            long large = charged.get();
            for (int i = 0; i < 20; i++) {
                trigger(table, keys, log, rows + i, 1);
            }
            assertThat(charged.get()).isLessThan(large - 700_000);
            trigger(table, keys, log, 2 * rows, rows); // and may be needed again
            assertThat(table.size()).isEqualTo(2 * rows + 20);
        }
        assertThat(charged).hasValue(0);
    }

    private static void trigger(ResidentTable table, Keys keys, ByteSink log, int from, int rows) {
        List<byte[]> fresh = new ArrayList<>();
        for (int i = from; i < from + rows; i++) {
            fresh.add(Keys.timed(i, new byte[0]));
        }
        table.findOrInsert(keys.of(fresh), new int[rows]);
        table.writeChanges(log);
        table.commit();
        log.close();
    }
}
