package dev.thalweg.tests.spec;

import static dev.thalweg.tests.spec.Scenario.given;

import dev.thalweg.streaming.OutputMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A condition that is never true")
final class NeverTrueSpec {
    private final Scenario scenario = given("""
            CREATE STREAM s (k STRING) USING memory""").query(OutputMode.Update(), """
            SELECT k, count(*) FROM STREAM s GROUP BY k HAVING 0 IS NULL""");

    @AfterEach
    void close() {
        scenario.close();
    }

    @Test
    @DisplayName("leaves a stream a stream: the query runs, and has nothing to say")
    void leavesAStreamAStream() {
        scenario.trigger("a").emitsNothing();
    }
}
