package dev.thalweg.tests.spec;

import static dev.thalweg.tests.spec.Scenario.given;

import dev.thalweg.streaming.OutputMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("first, last and collect_list")
final class ArrivalOrderSpec {
    private final Scenario scenario = given("""
            CREATE STREAM orders (item STRING, n INT) USING memory;
            CREATE TABLE prices (item STRING, price INT) USING memory;
            INSERT INTO prices VALUES ('apple', 3), ('apple', 5), ('pear', 4)""").query(OutputMode.Complete(), """
            SELECT first(o.item), last(o.item), concat_ws(' ', collect_list(concat(o.item, coalesce(price, 0))))
            FROM STREAM orders o LEFT JOIN prices p ON o.item = p.item AND n + price > 5""");

    @AfterEach
    void close() {
        scenario.close();
    }

    @Test
    @DisplayName("go by the order of arrival, also above a LEFT join in which some rows match nothing")
    void aboveALeftJoin() {
        scenario.trigger("plum, 7", "apple, 2", "pear, 1", "apple, 9")
                .emits("plum, apple, plum0 apple5 pear0 apple3 apple5")
                .trigger("fig, 1").emits("plum, fig, plum0 apple5 pear0 apple3 apple5 fig0");
    }
}
