package dev.thalweg.tests.spec;

import dev.thalweg.tests.spec.FourModes.Lateness;
import dev.thalweg.tests.spec.FourModes.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("One query whose results are of several output modes")
final class OutputModesSpec {
    private static final int SEEDS = 3;
    private static final String MINUTES = "SELECT url, window.end AS ends, count(*) AS c, sum(n) AS s FROM CLICKS"
            + " GROUP BY url, window(ts, INTERVAL '1' MINUTE)";
    private static final String BY_URL = "SELECT url, count(*) AS c, max(n) AS m FROM CLICKS GROUP BY url";
    private static final String SLIDING = "SELECT window.end AS ends, count(DISTINCT url) AS urls FROM CLICKS"
            + " GROUP BY window(ts, INTERVAL '1' MINUTE, INTERVAL '1' MINUTE)";
    private static final String DIFFERENT = "SELECT DISTINCT url, ts FROM CLICKS";

    static Stream<Arguments> queries() {
        return Stream.of(
                Arguments.of("the same windows in all modes", List.of(
                        new Result("finals", MINUTES, Lateness.MINUTE, "ends <= WATERMARK"),
                        new Result("latest", MINUTES, Lateness.MINUTE),
                        new Result("whole", MINUTES, Lateness.NEVER),
                        new Result("changes", MINUTES, Lateness.MINUTE))),
                Arguments.of("groups that nothing closes, beside windows", List.of(
                        new Result("latest", BY_URL, Lateness.NEVER),
                        new Result("whole", BY_URL, Lateness.NEVER),
                        new Result("finals", SLIDING, Lateness.MINUTE, "ends <= WATERMARK"),
                        new Result("changes", BY_URL + " HAVING count(*) > 1", Lateness.NEVER))),
                Arguments.of("different rows, and what is counted of them", List.of(
                        new Result("changes", "SELECT url, count(*) AS c FROM (" + DIFFERENT + ") GROUP BY url",
                                Lateness.TIME),
                        new Result("finals", DIFFERENT, Lateness.TIME),
                        new Result("whole", "SELECT url, count(*) AS c FROM (" + DIFFERENT + ") GROUP BY url",
                                Lateness.NEVER),
                        new Result("latest", DIFFERENT, Lateness.TIME))));
    }

    private static Stream<Arguments> queriesAndSeeds() {
        return queries().flatMap(query -> Stream.iterate(1, seed -> seed <= SEEDS, seed -> seed + 1)
                .map(seed -> Arguments.of(query.get()[0], query.get()[1], seed)));
    }

    @ParameterizedTest(name = "{0}, seed {2}")
    @MethodSource("queriesAndSeeds")
    @DisplayName("keeps to the law in each of them, also restarted after every trigger and by four tasks")
    void keepsToTheLaw(String name, List<Result> results, int seed) {
        List<List<String>> triggers = triggers(new Random(seed));
        for (int tasks : new int[] {1, 4}) {
            for (boolean restarts : new boolean[] {false, true}) {
                try (FourModes query = new FourModes(tasks, restarts, results)) {
                    triggers.forEach(query::trigger);
                    query.restart();
                    query.trigger(List.of("z, 1, 4000")); // closes all but its own minute
                }
            }
        }
    }

    /// Rows of some minutes, a few of them late.
    private static List<List<String>> triggers(Random random) {
        List<List<String>> triggers = new ArrayList<>();
        for (int trigger = 0; trigger < 6; trigger++) {
            List<String> rows = new ArrayList<>();
            for (int row = random.nextInt(7); row > 0; row--) {
                long second = 300 + trigger * 40L + random.nextInt(50) - (random.nextInt(5) == 0 ? 120 : 0);
                rows.add((random.nextInt(8) == 0 ? "NULL" : String.valueOf((char) ('a' + random.nextInt(3)))) + ", "
                        + random.nextInt(10) + ", " + second);
            }
            triggers.add(rows);
        }
        return triggers;
    }
}
