package dev.thalweg.tests.spec;

import static dev.thalweg.tests.spec.Scenario.given;

import dev.thalweg.streaming.OutputMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A stream joined with a table")
final class StaticJoinSpec {
    private final Scenario scenario = given("""
            CREATE STREAM orders (item STRING, n INT) USING memory;
            CREATE TABLE prices (item STRING, price INT) USING memory;
            INSERT INTO prices VALUES ('apple', 3), ('pear', 4), (NULL, 5)""").query(OutputMode.Append(), """
            SELECT o.item, n, price FROM STREAM orders o LEFT JOIN prices p ON o.item = p.item AND n > 1""");

    @AfterEach
    void close() {
        scenario.close();
    }

    @Test
    @DisplayName("finds its row, or NULL where the join is a left one; NULL equals nothing")
    void findsItsRow() {
        scenario.trigger("apple, 2", "apple, 1", "plum, 7").emits("apple, 2, 3", "apple, 1, NULL", "plum, 7, NULL")
                .trigger("NULL, 2").emits("NULL, 2, NULL");
    }
}
