package dev.thalweg.state.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Sorting numbers with what they carry")
final class PairSortTest {
    @ParameterizedTest(name = "{0} distinct keys")
    @ValueSource(ints = {1, 2, 23, 64, 65, 1_000, 100_000})
    @DisplayName("leaves each pair together, whether keys come once or often")
    void keepsPairsTogether(int distinct) {
        Random random = new Random(distinct);
        long[] values = random.longs(distinct).toArray();
        values[0] = Long.MIN_VALUE;
        values[distinct - 1] = Long.MAX_VALUE;
        for (int size : new int[] {0, 1, 30, 1_023, 1_024, 20_000}) {
            int[] payload = IntStream.range(0, size).toArray();
            long[] keys = Arrays.stream(payload).mapToLong(_ -> values[random.nextInt(distinct)]).toArray();
            long[] before = keys.clone();
            int from = Math.min(3, size);
            PairSort.sort(keys, payload, from, size);
            assertThat(Arrays.stream(payload).mapToLong(i -> before[i]).toArray()).isEqualTo(keys);
            Arrays.sort(before, from, size);
            assertThat(keys).isEqualTo(before);
            assertThat(Arrays.stream(payload).distinct().count()).isEqualTo(size);
        }
    }
}
