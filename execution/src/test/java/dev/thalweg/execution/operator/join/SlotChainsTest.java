package dev.thalweg.execution.operator.join;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Chains of slots by hash")
final class SlotChainsTest {
    private static Set<Integer> chain(SlotChains chains, long hash) {
        Set<Integer> slots = new HashSet<>();
        for (int slot = chains.first(hash); slot != SlotChains.NONE; slot = chains.next(slot)) {
            assertThat(slots.add(slot)).as("slot %d comes once", slot).isTrue();
        }
        return slots;
    }

    /// Few homes, many hashes: so chains are pushed on, and close up when others go.
    @ParameterizedTest(name = "hashes of {0} homes")
    @ValueSource(ints = {1, 3, 700, 100_000})
    @DisplayName("have the slots that were put in and not taken out, whatever came between")
    void keepsSlots(int homes) {
        Random random = new Random(homes);
        long[] hashes = random.ints(2_000)
                .mapToLong(high -> ((long) high << 16 | random.nextInt(homes)) << 32 | (random.nextInt() & 0xFFFFFFFFL))
                .toArray();
        hashes[0] = -1;
        SlotChains chains = new SlotChains();
        Map<Integer, Long> model = new HashMap<>();
        for (int step = 0; step < 30_000; step++) {
            int slot = random.nextInt(4_000);
            assertThat(chains.contains(slot)).isEqualTo(model.containsKey(slot));
            if (model.remove(slot) != null) {
                chains.remove(slot);
            } else {
                long hash = hashes[random.nextInt(hashes.length)];
                chains.add(slot, hash);
                model.put(slot, hash);
            }
        }
        Map<Integer, Set<Integer>> byUpperHalf = new HashMap<>();
        model.forEach((slot, hash) -> byUpperHalf.computeIfAbsent((int) (hash >>> 32), _ -> new HashSet<>()).add(slot));
        for (long hash : hashes) {
            assertThat(chain(chains, hash)).isEqualTo(byUpperHalf.getOrDefault((int) (hash >>> 32), Set.of()));
        }
    }
}
