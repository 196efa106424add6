package dev.thalweg.tests.spec;

import static dev.thalweg.tests.spec.Scenario.given;

import dev.thalweg.streaming.OutputMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("LATERAL VIEW explode")
final class ExplodeSpec {
    private final Scenario scenario = given("""
            CREATE STREAM lines (text STRING) USING memory""").query(OutputMode.Update(), """
            SELECT word, count(*) FROM STREAM lines LATERAL VIEW explode(split(text, ' ')) w AS word GROUP BY word""");

    @AfterEach
    void close() {
        scenario.close();
    }

    @Test
    @DisplayName("makes a row of each word; the line that is NULL has none")
    void makesARowOfEachWord() {
        scenario.trigger("to be or", "not to be", "NULL").emits("to, 2", "be, 2", "or, 1", "not, 1")
                .trigger("be").emits("be, 3");
    }
}
