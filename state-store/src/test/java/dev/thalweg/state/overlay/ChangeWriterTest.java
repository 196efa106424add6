package dev.thalweg.state.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyGroups;
import dev.thalweg.state.MemoryCharge;
import dev.thalweg.state.StateTable;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The changes of a trigger")
final class ChangeWriterTest {
    private static final int GROUP = 5;

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

    /// All in one key group.
    private static void insert(ResidentTable table, Keys keys, List<byte[]> some) {
        EncodedKeys encoded = keys.of(some);
        for (int i = 0; i < some.size(); i++) {
            encoded.set(i, encoded.address(i), encoded.length(i), (long) i << 32 | GROUP);
        }
        table.findOrInsert(encoded, new int[some.size()]);
    }
}
