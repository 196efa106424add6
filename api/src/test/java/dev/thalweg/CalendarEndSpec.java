package dev.thalweg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What lies beyond the last day or microsecond")
final class CalendarEndSpec {
    private static final String LAST_DAY = "date_from_unix_date(2147483647)";
    private static final String FIRST_DAY = "date_from_unix_date(-2147483648)";
    private final ThalwegSession session = ThalwegSession.builder().config("thalweg.sql.session.timeZone", "UTC")
            .create();

    @AfterEach
    void close() {
        session.close();
    }

    private String value(String expression) {
        return session.sql("SELECT " + expression.replace("LAST", LAST_DAY).replace("FIRST", FIRST_DAY)).first()
                .toString();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("is an overflow that is told, never another day")
    @ValueSource(strings = {"datediff(LAST, FIRST)", "add_months(LAST, 1)",
            "add_months(DATE '2024-01-01', 2147483647)", "last_day(LAST)", "next_day(LAST, 'MON')",
            "trunc(FIRST, 'YEAR')",
            "LAST + INTERVAL 1 DAY", "LAST + INTERVAL 1 MONTH", "LAST - FIRST", "CAST(LAST AS TIMESTAMP)",
            "CAST(LAST AS TIMESTAMP_NTZ)", "timestamp_micros(9223372036854775807) + INTERVAL 1 SECOND",
            "timestamp_micros(9223372036854775807) + INTERVAL 1 MONTH",
            "date_trunc('MONTH', timestamp_micros(-9223372036854775808))",
            "date_trunc('HOUR', timestamp_micros(-9223372036854775808))",
            "timestampadd(MONTH, 1, timestamp_micros(9223372036854775807))", "timestamp_seconds(9223372036854775807)"})
    void isTold(String expression) {
        assertThatThrownBy(() -> value(expression)).hasMessageContainingAll("verflow", "THW-4002");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("is all that is refused: the last day has fields, neighbours and a name")
    @ValueSource(strings = {"year(LAST) = 5881580", "date_sub(LAST, 1) < LAST",
            "dayofweek(LAST) = dayofweek(date_sub(LAST, 7))",
            "extract(YEAR FROM LAST) = 5881580", "date_part('MONTH', LAST) = 7",
            "add_months(LAST, -12) < LAST", "try_add(LAST, 1) IS NULL",
            "size(sequence(date_sub(LAST, 2), LAST)) = 3",
            "size(sequence(TIMESTAMP '2024-01-01', TIMESTAMP '2024-01-02', INTERVAL 100000000 DAYS)) = 1"})
    void isAllThatIsRefused(String condition) {
        assertThat(value(condition)).isEqualTo("[true]");
    }
}
