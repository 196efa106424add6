package dev.thalweg.source.nexmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.source.SourceHarness;
import dev.thalweg.spi.error.InvalidOption;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.source.Offset;
import dev.thalweg.spi.source.ReadLimit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The NEXMark source")
final class NexmarkSourceTest {
    private static final int ID = 0;

    private static List<List<Object>> rows(String table, long events, Map<String, String> more) {
        Map<String, String> options = new HashMap<>(more);
        options.put("table", table);
        options.put("numEvents", Long.toString(events));
        try (SourceHarness harness = new SourceHarness("nexmark", options, null, null)) {
            Offset end = harness.source().latest(harness.source().initial(), ReadLimit.everything(0));
            return harness.read(harness.source().initial(), end);
        }
    }

    private static List<List<Object>> rows(String table, long events) {
        return rows(table, events, Map.of());
    }

    @Test
    @DisplayName("makes one person, three auctions and 46 bids of 50 events")
    void keepsTheProportions() {
        assertThat(rows("person", 5_001)).hasSize(101);
        assertThat(rows("auction", 5_003)).hasSize(302);
        assertThat(rows("bid", 5_010)).hasSize(4_606);
    }

    @Test
    @DisplayName("numbers people and auctions without a gap")
    void numbersIds() {
        assertThat(rows("person", 500)).extracting(row -> row.get(ID)).containsExactly(
                1000L, 1001L, 1002L, 1003L, 1004L, 1005L, 1006L, 1007L, 1008L, 1009L);
        assertThat(rows("auction", 100)).extracting(row -> row.get(ID)).containsExactly(
                1000L, 1001L, 1002L, 1003L, 1004L, 1005L);
    }

    @Test
    @DisplayName("sends half of the bids to the hot auctions, and lets three quarters come from the hot people")
    void isSkewed() {
        List<List<Object>> bids = rows("bid", 500_000);
        assertThat(share(bids, bid -> (long) bid.get(0) % 100 == 0)).isBetween(0.49, 0.52);
        assertThat(share(bids, bid -> (long) bid.get(1) % 100 == 1)).isBetween(0.74, 0.77);
        assertThat(share(bids, bid -> Set.of("Google", "Apple", "Baidu", "Facebook").contains(bid.get(3))))
                .isBetween(0.49, 0.51);
    }

    private static double share(List<List<Object>> rows, Function<List<Object>, Boolean> condition) {
        return (double) rows.stream().filter(condition::apply).count() / rows.size();
    }

    @Test
    @DisplayName("lets bids and sellers refer to people and auctions that there are, but for a few that are still to come")
    void refersToWhatThereIs() {
        Set<Object> auctions = ids(rows("auction", 50_000));
        Set<Object> people = ids(rows("person", 50_000));
        List<List<Object>> bids = rows("bid", 50_000);
        assertThat(share(bids, bid -> auctions.contains(bid.get(0)))).isBetween(0.98, 1.0);
        assertThat(share(bids, bid -> people.contains(bid.get(1)))).isBetween(0.98, 1.0);
        assertThat(share(rows("auction", 50_000), auction -> people.contains(auction.get(7)))).isBetween(0.95, 1.0);
    }

    private static Set<Object> ids(List<List<Object>> rows) {
        return rows.stream().map(row -> row.get(ID)).collect(Collectors.toCollection(HashSet::new));
    }

    @Test
    @DisplayName("spreads events evenly over event time, in order")
    void keepsTime() {
        List<List<Object>> people = rows("person", 1_000,
                Map.of("eventsPerSecond", "100", "baseTime", "2026-01-01 00:00:00"));
        long base = 1_767_225_600_000_000L;
        assertThat(people).extracting(row -> row.get(6)).startsWith(base, base + 500_000, base + 1_000_000);
    }

    @Test
    @DisplayName("gives other values for another seed and the same for the same")
    void dependsOnTheSeed() {
        assertThat(rows("bid", 1_000)).isEqualTo(rows("bid", 1_000, Map.of("seed", "42")))
                .isNotEqualTo(rows("bid", 1_000, Map.of("seed", "43")));
    }

    @Test
    @DisplayName("makes a column alone as it makes it beside others, however the events are cut")
    void makesColumnsAlone() {
        List<List<Object>> whole = rows("auction", 2_000);
        assertThat(rows("auction", 2_000, Map.of("numPartitions", "7"))).isEqualTo(whole);
        Map<String, String> options = Map.of("table", "auction", "numEvents", "2000");
        try (SourceHarness harness = new SourceHarness("nexmark", options, null, null)) {
            Offset end = harness.source().latest(harness.source().initial(), ReadLimit.everything(0));
            assertThat(harness.read(harness.source().initial(), end, List.of(7, 1))).isEqualTo(
                    whole.stream().map(row -> List.of(row.get(7), row.get(1))).toList());
        }
    }

    @Test
    @DisplayName("refuses what it cannot make, and says what it can")
    void refuses() {
        assertThatThrownBy(() -> rows("bids", 10)).isInstanceOf(InvalidOption.class)
                .hasMessageContaining("bid, auction or person");
        assertThatThrownBy(() -> rows("bid", 0)).isInstanceOf(InvalidOption.class).hasMessageContaining("numEvents");
        assertThatThrownBy(() -> rows("bid", 1, Map.of("baseTime", "soon"))).hasMessageContaining("baseTime");
        assertThatThrownBy(() -> new SourceHarness("nexmark", Map.of("table", "bid"), null, null))
                .isInstanceOf(InvalidQuery.class).hasMessageContaining("FROM STREAM");
    }
}
