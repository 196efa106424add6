package dev.thalweg.tests.spec;

import static dev.thalweg.tests.spec.Scenario.given;

import dev.thalweg.streaming.OutputMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The changelog of an aggregate")
final class ChangelogSpec {
    private final Scenario scenario = given("""
            CREATE STREAM votes (name STRING, n INT) USING memory""").query(OutputMode.Changelog(), """
            SELECT name, sum(n) FROM STREAM votes GROUP BY name HAVING sum(n) > 0""");

    @AfterEach
    void close() {
        scenario.close();
    }

    @Test
    @DisplayName("has an insert, then an update before and after, then a delete where HAVING holds no more")
    void tellsEachChange() {
        scenario.trigger("a, 1", "b, 5").emits("a, 1, +I", "b, 5, +I")
                .trigger("a, 2").emits("a, 1, -U", "a, 3, +U")
                .trigger("b, -5", "a, 0").emits("b, 5, -D")
                .trigger("b, 1").emits("b, 1, +I");
    }
}
