package dev.thalweg.state.rocks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyGroups;
import dev.thalweg.state.MemoryCharge;
import dev.thalweg.state.StateTable;
import dev.thalweg.state.overlay.ByteSink;
import dev.thalweg.state.overlay.Keys;
import dev.thalweg.state.overlay.ResidentTable;
import dev.thalweg.state.rocks.ChangeSection.TableChanges;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The changes of many triggers")
final class MergedChangesTest {
    private static final int GROUP = 5;
    private static final int ALL_AT_ONCE = 1 << 20;

    private final List<ByteSink> triggers = new ArrayList<>();
    private ResidentTable table = table(false);
    private final Keys keys = new Keys();

    private static ResidentTable table(boolean timeFirst) {
        return new ResidentTable(new StateTable("t", 8, false, timeFirst, "STRING", "BIGINT"),
                MemoryCharge.UNLIMITED);
    }

    @AfterEach
    void free() {
        table.close();
        keys.close();
        triggers.forEach(ByteSink::close);
    }

    private void put(String key, long number) {
        int[] slot = new int[1];
        table.findOrInsert(keys.of(key.getBytes(UTF_8)), slot);
        table.touch(slot[0]);
        Memory.putLong(table.value(slot[0]), number);
    }

    private void remove(String key) {
        int[] slot = new int[1];
        table.find(keys.of(key.getBytes(UTF_8)), slot);
        table.remove(slot[0]);
    }

    private void endTrigger() {
        ByteSink out = new ByteSink(MemoryCharge.UNLIMITED);
        ChangeSection.write(KeyGroups.ALL, List.of(table), out);
        table.commit();
        triggers.add(out);
    }

    private MergedChanges merged(KeyGroups groups, int gatheredMax) {
        List<TableChanges> changes = new ArrayList<>();
        for (int i = 0; i < triggers.size(); i++) {
            changes.addAll(new ChangeSection(triggers.get(i).buffer(), i).tables());
        }
        return new MergedChanges(changes, groups, gatheredMax);
    }

    /// The operations as `key=number` and `key-`.
    private static List<String> operations(MergedChanges merged) {
        List<String> shown = new ArrayList<>();
        while (merged.next()) {
            Operation operation = merged.operation();
            String key = new String(Keys.bytesAt(operation.key, operation.keyLength), UTF_8);
            shown.add(operation.isPut ? key + "=" + Memory.getLong(operation.value + 4) : key + "-");
        }
        return shown;
    }

    @Test
    @DisplayName("are the last operation of each key")
    void theLastOfEachKey() {
        put("a", 1);
        put("b", 1);
        put("c", 1);
        endTrigger();
        put("a", 2);
        remove("b");
        put("d", 2);
        endTrigger();
        remove("a");
        put("b", 3);
        remove("c");
        endTrigger();
        put("a", 4);
        endTrigger();
        assertThat(operations(merged(KeyGroups.ALL, ALL_AT_ONCE)))
                .containsExactlyInAnyOrder("a=4", "b=3", "c-", "d=2");
    }

    @Test
    @DisplayName("are the same in shares of the key groups as all at once, and of some key groups only those")
    void inShares() {
        Random random = new Random(3);
        for (int trigger = 0; trigger < 10; trigger++) {
            for (int i = 0; i < 500; i++) {
                put("key " + random.nextInt(2_000), trigger);
            }
            endTrigger();
        }
        List<String> all = operations(merged(KeyGroups.ALL, ALL_AT_ONCE));
        assertThat(all).hasSizeGreaterThan(1_500).doesNotHaveDuplicates();
        assertThat(operations(merged(KeyGroups.ALL, 1))).isEqualTo(all);
        assertThat(operations(merged(KeyGroups.ALL, 700))).isEqualTo(all);
        List<String> halves = new ArrayList<>(operations(merged(KeyGroups.ofTask(0, 2), 700)));
        halves.addAll(operations(merged(KeyGroups.ofTask(1, 2), 700)));
        assertThat(halves).isEqualTo(all);
    }

    @Test
    @DisplayName("lack what time freed later, and have what came again behind that")
    void freedByTime() {
        table.close();
        table = table(true);
        insertTimed(10, 20, 30);
        endTrigger();
        table.removeThrough(20);
        insertTimed(40);
        endTrigger();
        insertTimed(15);
        endTrigger();
        MergedChanges merged = merged(KeyGroups.ALL, ALL_AT_ONCE);
        List<Long> times = new ArrayList<>();
        while (merged.next()) {
            times.add(Expiry.time(merged.operation().key));
        }
        assertThat(times).containsExactlyInAnyOrder(15L, 30L, 40L);
        assertThat(merged.expiry().through(GROUP)).isEqualTo(20);
    }

    private void insertTimed(long... times) {
        List<byte[]> timed = Arrays.stream(times).mapToObj(time -> Keys.timed(time, new byte[0])).toList();
        table.findOrInsert(keys.of(timed), new int[times.length]);
    }

    @Test
    @DisplayName("are sorted on a small stack also where long keys are alike but for their last byte")
    void keysAlikeButForTheEnd() {
        List<byte[]> alike = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            byte[] key = new byte[128 << 10];
            Arrays.fill(key, (byte) 'x');
            key[key.length - 1] = (byte) i;
            alike.add(key);
        }
        assertThat(merged(alike)).containsExactlyElementsOf(alike);
    }

    @Test
    @DisplayName("are sorted on a small stack also where each key begins with the one before it")
    void keysThatBeginWithEachOther() {
        List<byte[]> nested = new ArrayList<>();
        for (int i = 1; i < 3_000; i++) {
            nested.add(new byte[8 * i]);
            Arrays.fill(nested.getLast(), (byte) 'x');
        }
        assertThat(merged(nested)).containsExactlyElementsOf(nested);
    }

    @Test
    @DisplayName("are sorted by unsigned bytes, the shorter first, zeros at the end included")
    void bytes() {
        List<byte[]> sorted = List.of(new byte[0], new byte[1], new byte[2], new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0},
                new byte[] {0, 1}, new byte[] {1}, new byte[] {1, 0}, new byte[] {127}, new byte[] {-128},
                new byte[] {-1}, new byte[] {-1, -1, -1, -1, -1, -1, -1, -1},
                new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, 0});
        assertThat(merged(sorted)).containsExactlyElementsOf(sorted);
    }

    /// Inserts keys of one key group in any order, and gives them as they are merged on a thread with little stack.
    private List<byte[]> merged(List<byte[]> sorted) {
        List<byte[]> shuffled = new ArrayList<>(sorted);
        Collections.shuffle(shuffled, new Random(1));
        EncodedKeys encoded = keys.of(shuffled);
        for (int i = 0; i < shuffled.size(); i++) {
            encoded.set(i, encoded.address(i), encoded.length(i), (long) i << 32 | GROUP);
        }
        table.findOrInsert(encoded, new int[shuffled.size()]);
        endTrigger();
        CompletableFuture<List<byte[]>> result = new CompletableFuture<>();
        new Thread(null, () -> {
            try {
                MergedChanges merged = merged(KeyGroups.ALL, ALL_AT_ONCE);
                List<byte[]> found = new ArrayList<>();
                while (merged.next()) {
                    found.add(Keys.bytesAt(merged.operation().key, merged.operation().keyLength));
                }
                result.complete(found);
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        }, "small stack", 192 << 10).start();
        return result.join();
    }
}
