package dev.thalweg.planner.incremental;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.spi.error.InvalidQuery;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A value of chance or of the clock")
final class RandomValuesSpec {
    private static final String COUNTS = "(SELECT url, count(*) AS n, max(ts) AS m FROM STREAM clicks GROUP BY url)";

    private final Plans plans = new Plans();

    @ParameterizedTest
    @ValueSource(strings = {"rand()", "randn(1)", "uuid()", "shuffle(array(1, 2))", "now()", "current_timestamp",
            "current_date()", "localtimestamp()", "unix_timestamp()", "uniform(1, 9)", "randstr(3)"})
    @DisplayName("is refused over rows that change: taken back it would be another, and the old row would stay")
    void isRefusedOverRowsThatChange(String value) {
        assertRefused("SELECT url, n, " + value + " AS v FROM " + COUNTS, OutputMode.COMPLETE);
    }

    @ParameterizedTest
    @EnumSource(value = OutputMode.class, names = {"UPDATE", "COMPLETE", "CHANGELOG"})
    @DisplayName("is refused wherever a row is computed or judged, in every mode that takes rows back")
    void isRefusedEverywhere(OutputMode mode) {
        assertRefused("SELECT url FROM " + COUNTS + " WHERE m > now() - INTERVAL 1 HOUR", mode);
        assertRefused("SELECT url, count(*) FROM STREAM clicks GROUP BY url HAVING rand() < 0.5", mode);
        assertRefused("SELECT v, count(*) FROM (SELECT uuid() AS v FROM " + COUNTS + " WHERE n > 1) GROUP BY v", mode);
        assertRefused("SELECT n, e FROM " + COUNTS + " LATERAL VIEW explode(shuffle(array(1, 2))) x AS e", mode);
        assertRefused("SELECT q.n FROM " + COUNTS + " q JOIN users u ON q.url = u.name AND rand() < 0.5", mode);
        assertRefused("SELECT c.url, q.n FROM STREAM clicks c JOIN " + COUNTS + " q ON q.url = c.url AND rand() < 0.5",
                mode);
        assertRefused("SELECT n, count(*) FROM " + COUNTS + " GROUP BY n, window(now(), INTERVAL 1 HOUR)", mode);
    }

    @Test
    @DisplayName("is refused in a table beside rows that change: it is read again at each start")
    void isRefusedInATableBesideThem() {
        assertRefused("SELECT q.n, u.r FROM " + COUNTS + " q JOIN (SELECT name, rand() AS r FROM users) u"
                + " ON q.url = u.name", OutputMode.UPDATE);
    }

    private void assertRefused(String sql, OutputMode mode) {
        assertThatThrownBy(() -> plans.stream(sql, mode)).as(sql).isInstanceOf(InvalidQuery.class)
                .hasMessageContaining("THW-3116").hasMessageContaining("over rows that change")
                .hasMessageContaining("Compute it before the GROUP BY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT v, count(*) FROM (SELECT rand() < 0.5 AS v FROM STREAM clicks) GROUP BY v",
            "SELECT max(now()) FROM STREAM clicks WHERE ts > now() - INTERVAL 1 HOUR",
            "SELECT url, count(DISTINCT uuid()) FROM STREAM clicks GROUP BY url",
            "SELECT url, unix_timestamp(m) FROM " + COUNTS,
            "SELECT url FROM (SELECT url, n, rand() AS unread FROM " + COUNTS + ")"})
    @DisplayName("is welcome below the GROUP BY, where each row is computed once; what reads no clock is, everywhere")
    void isWelcomeBelow(String sql) {
        assertThatCode(() -> plans.stream(sql, OutputMode.COMPLETE)).as(sql).doesNotThrowAnyException();
    }

    @Test
    @DisplayName("is welcome above an aggregate whose rows are final")
    void isWelcomeAboveFinalRows() {
        assertThatCode(() -> plans.stream("SELECT window.end, count(*), now() FROM STREAM clicks"
                + " GROUP BY window(ts, INTERVAL 1 HOUR) HAVING rand() < 0.5", OutputMode.APPEND))
                .doesNotThrowAnyException();
    }

    @Test
    @DisplayName("is computed once, however often it is read")
    void isComputedOnce() {
        assertThat(plans.explain("SELECT v, v + INTERVAL 1 DAY AS w FROM (SELECT now() AS v FROM STREAM lines)",
                OutputMode.APPEND)).containsOnlyOnce("current_timestamp()");
    }
}
