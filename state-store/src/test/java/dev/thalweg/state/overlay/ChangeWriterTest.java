package dev.thalweg.state.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyGroups;
import dev.thalweg.state.MemoryCharge;
import dev.thalweg.state.StateTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The changes of a trigger")
final class ChangeWriterTest {
    private static final int GROUP = 5;

    @Test
    @DisplayName("are sorted on a small stack also where long keys are alike but for their last byte")
    void keysAlikeButForTheEnd() {
        List<byte[]> keys = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            byte[] key = new byte[128 << 10];
            Arrays.fill(key, (byte) 'x');
            key[key.length - 1] = (byte) i;
            keys.add(key);
        }
        assertThat(written(keys)).containsExactlyElementsOf(keys);
    }

    @Test
    @DisplayName("are sorted on a small stack also where each key begins with the one before it")
    void keysThatBeginWithEachOther() {
        List<byte[]> keys = new ArrayList<>();
        for (int i = 1; i < 3_000; i++) {
            keys.add(new byte[8 * i]);
            Arrays.fill(keys.getLast(), (byte) 'x');
        }
        assertThat(written(keys)).containsExactlyElementsOf(keys);
    }

    @Test
    @DisplayName("are known to be of their task's key groups, or not to be")
    void knowTheirGroups() {
        try (ResidentTable table = table();
                Keys keys = new Keys();
                ByteSink out = new ByteSink(MemoryCharge.UNLIMITED)) {
            insert(table, keys, List.of(new byte[] {1}, new byte[] {2}));
            table.writeChanges(out);
            assertThat(table.wroteOnly(KeyGroups.ALL)).isTrue();
            assertThat(table.wroteOnly(new KeyGroups(GROUP, GROUP))).isTrue();
            assertThat(table.wroteOnly(new KeyGroups(0, GROUP - 1))).isFalse();
            assertThat(table.wroteOnly(new KeyGroups(GROUP + 1, KeyGroups.COUNT - 1))).isFalse();
        }
    }

    private static ResidentTable table() {
        return new ResidentTable(new StateTable("t", 8, false, false, "STRING", "BIGINT"), MemoryCharge.UNLIMITED);
    }

    /// All in one key group, so that they are sorted together.
    private static void insert(ResidentTable table, Keys keys, List<byte[]> some) {
        EncodedKeys encoded = keys.of(some);
        for (int i = 0; i < some.size(); i++) {
            encoded.set(i, encoded.address(i), encoded.length(i), (long) i << 32 | GROUP);
        }
        table.findOrInsert(encoded, new int[some.size()]);
    }

    /// Inserts keys in any order, on a thread with little stack, and gives them as they are written.
    private static List<byte[]> written(List<byte[]> sorted) {
        List<byte[]> shuffled = new ArrayList<>(sorted);
        Collections.shuffle(shuffled, new Random(1));
        CompletableFuture<List<byte[]>> result = new CompletableFuture<>();
        new Thread(null, () -> {
            try (ResidentTable table = table();
                    Keys keys = new Keys();
                    ByteSink out = new ByteSink(MemoryCharge.UNLIMITED)) {
                insert(table, keys, shuffled);
                result.complete(keys(out, table.writeChanges(out)));
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        }, "small stack", 192 << 10).start();
        return result.join();
    }

    /// As [dev.thalweg.state.rocks.ChangeSection] says a put lies.
    private static List<byte[]> keys(ByteSink out, int operations) {
        List<byte[]> keys = new ArrayList<>();
        long at = out.address();
        for (int i = 0; i < operations; i++) {
            int keyBytes = Memory.getInt(at + 2);
            keys.add(Keys.bytesAt(at + 6, keyBytes));
            at += 6 + keyBytes;
            at += 4 + Memory.getInt(at);
        }
        return keys;
    }
}
