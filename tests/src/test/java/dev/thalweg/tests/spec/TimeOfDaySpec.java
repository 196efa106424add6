package dev.thalweg.tests.spec;

import static dev.thalweg.functions.col;
import static dev.thalweg.functions.lit;
import static dev.thalweg.tests.spec.Scenario.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.RowFactory;
import dev.thalweg.ThalwegSession;
import dev.thalweg.streaming.OutputMode;
import dev.thalweg.types.DataTypes;
import dev.thalweg.types.StructType;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A TIME")
final class TimeOfDaySpec {
    private static final String SHIFTS = """
            CREATE STREAM texts (who STRING, begin STRING) USING memory;
            CREATE VIEW shifts AS SELECT who, CAST(begin AS TIME) AS begin FROM STREAM texts""";

    @Test
    @DisplayName("is a key of groups, and the least and the greatest are kept")
    void isKeyAndExtreme() {
        try (Scenario shifts = given(SHIFTS).query(OutputMode.Update(), """
                SELECT begin, count(*), min(who), max(begin) FROM shifts GROUP BY begin""")) {
            shifts.trigger("a, T9:30", "b, T09:30:00", "c, T17:45:01.5", "d, NULL")
                    .emits("09:30, 2, a, 09:30", "17:45:01.500, 1, c, 17:45:01.500", "NULL, 1, d, NULL")
                    .trigger("e, T09:30").emits("09:30, 3, a, 09:30").holds(3);
        }
    }

    @Test
    @DisplayName("joins, is ordered and is taken back with its row")
    void joinsAndIsTakenBack() {
        try (Scenario shifts = given(SHIFTS).query(OutputMode.Update(), """
                SELECT hour(begin) AS hour, max(begin) AS last, max(begin) - min(begin) AS span FROM
                  (SELECT who, max(begin) AS begin FROM shifts GROUP BY who) GROUP BY hour(begin)""")) {
            shifts.trigger("a, T09:30", "b, T09:15").emits("9, 09:30, PT15M")
                    .trigger("a, T10:00").emits("9, 09:15, PT0S", "10, 10:00, PT0S");
        }
    }

    @Test
    @DisplayName("orders the rows of OVER, whose frames may be measured in time")
    void ordersFrames() {
        try (Scenario shifts = given(SHIFTS).query(OutputMode.Update(), """
                SELECT who, count(*) OVER (ORDER BY begin RANGE BETWEEN INTERVAL '1' HOUR PRECEDING AND CURRENT ROW)
                FROM shifts WHERE begin < TIME '23:59:59.999999'""")) {
            shifts.trigger("a, T08:00", "b, T08:30", "c, T12:00").emits("a, 1", "b, 2", "c, 1")
                    .trigger("d, T11:00").emits("c, 2", "d, 1");
        }
    }

    @Test
    @DisplayName("is a LocalTime of a program, there and back")
    void isLocalTime() {
        try (ThalwegSession session = ThalwegSession.builder().create()) {
            StructType schema = new StructType().add("t", DataTypes.TimeType);
            List<LocalTime> times = List.of(LocalTime.of(9, 30), LocalTime.of(17, 45, 1, 500_000_000));
            assertThat(session.createDataFrame(times.stream().map(RowFactory::create).toList(), schema)
                    .where(col("t").gt(lit(LocalTime.of(12, 0)))).collectAsList())
                    .containsExactly(RowFactory.create(times.get(1)));
        }
    }
}
