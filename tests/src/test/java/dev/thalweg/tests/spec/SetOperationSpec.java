package dev.thalweg.tests.spec;

import static dev.thalweg.tests.spec.Scenario.given;

import dev.thalweg.streaming.OutputMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("INTERSECT and EXCEPT of streams")
final class SetOperationSpec {
    private static final String STREAMS = """
            CREATE STREAM l (k STRING, n INT) USING memory;
            CREATE STREAM r (k STRING, n INT) USING memory;
            CREATE TABLE t (k STRING, n INT) USING memory;
            INSERT INTO t VALUES ('a', 1), ('b', 2), (NULL, 3)""";
    private static final String TIMED = """
            CREATE STREAM l (k STRING, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '0' SECOND) USING memory;
            CREATE STREAM r (k STRING, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '0' SECOND) USING memory""";

    @Test
    @DisplayName("take a row back when the other side brings it; NULLs equal each other")
    void exceptTakesBack() {
        try (Scenario scenario = given(STREAMS).query(OutputMode.Changelog(),
                "SELECT k, n FROM STREAM l EXCEPT SELECT k, n FROM STREAM r")) {
            scenario.into("l", "a, 1", "a, 1", "NULL, 2").run().emits("a, 1, +I", "NULL, 2, +I").holds(2)
                    .into("r", "a, 1").run().emits("a, 1, -D")
                    .into("r", "NULL, 2", "b, 3").into("l", "b, 3", "c, 4").run().emits("NULL, 2, -D", "c, 4, +I")
                    .into("l", "a, 1").run().emitsNothing();
        }
    }

    @Test
    @DisplayName("count with ALL: as often as there are more on the left")
    void exceptAll() {
        try (Scenario scenario = given(STREAMS).query(OutputMode.Complete(),
                "SELECT k, n FROM STREAM l EXCEPT ALL SELECT k, n FROM STREAM r")) {
            scenario.into("l", "a, 1", "a, 1", "a, 1", "b, 2").run().emits("a, 1", "a, 1", "a, 1", "b, 2")
                    .into("r", "a, 1", "b, 2", "b, 2").run().emits("a, 1", "a, 1")
                    .into("l", "b, 2").run().emits("a, 1", "a, 1")
                    .into("l", "b, 2").run().emits("a, 1", "a, 1", "b, 2");
        }
    }

    @Test
    @DisplayName("add what both have, in append mode too, for it stays in both")
    void intersectOnlyAdds() {
        try (Scenario scenario = given(STREAMS).query(OutputMode.Append(),
                "SELECT k, n FROM STREAM l INTERSECT SELECT k, n FROM STREAM r")) {
            scenario.into("l", "a, 1", "NULL, NULL").run().emitsNothing()
                    .into("r", "a, 1", "a, 1", "NULL, NULL").run().emits("a, 1", "NULL, NULL")
                    .into("l", "a, 1").run().emitsNothing();
        }
    }

    @Test
    @DisplayName("are counted by an aggregate above them, row for row")
    void intersectAllBelowAnAggregate() {
        try (Scenario scenario = given(STREAMS).query(OutputMode.Complete(), """
                SELECT count(*), sum(n) FROM (SELECT k, n FROM STREAM l INTERSECT ALL SELECT k, n FROM STREAM r)""")) {
            scenario.into("l", "a, 1", "a, 1", "b, 5").run().emits("0, NULL")
                    .into("r", "a, 1", "a, 1", "a, 1", "b, 5").run().emits("3, 7");
        }
    }

    @Test
    @DisplayName("follow results that change: an aggregate on a side takes its old row back")
    void overAggregates() {
        try (Scenario scenario = given(STREAMS).query(OutputMode.Changelog(),
                """
                        SELECT k, count(*) AS c FROM STREAM l GROUP BY k EXCEPT SELECT k, count(*) FROM STREAM r GROUP BY k""")) {
            scenario.into("l", "a, 1", "b, 1").run().emits("a, 1, +I", "b, 1, +I")
                    .into("r", "a, 7").run().emits("a, 1, -D")
                    .into("l", "a, 1").run().emits("a, 2, +I")
                    .into("r", "a, 7").run().emits("a, 2, -D");
        }
    }

    @Test
    @DisplayName("hand over an EXCEPT in append mode when the watermark of both sides passes the row, and forget it")
    void exceptOnClose() {
        try (Scenario scenario = given(TIMED).query(OutputMode.Append(),
                "SELECT k, ts FROM STREAM l EXCEPT SELECT k, ts FROM STREAM r")) {
            scenario.into("l", "a, 12:00:01", "b, 12:00:02", "z, 12:01:00").run().emitsNothing()
                    .into("r", "b, 12:00:02", "y, 12:00:30").run().emits("a, 12:00:01").drops(0).holds(1)
                    .into("r", "a, 12:00:01").into("l", "c, 12:00:30").run().emitsNothing().drops(2)
                    .into("r", "y, 12:01:00").run().emits("z, 12:01").holds(0);
        }
    }

    @Test
    @DisplayName("forget rows that time has passed in every other mode too, and do not take them back")
    void freedByTime() {
        try (Scenario scenario = given(TIMED).query(OutputMode.Changelog(),
                "SELECT k, ts FROM STREAM l INTERSECT SELECT k, ts FROM STREAM r")) {
            scenario.into("l", "a, 12:00:01", "z, 12:01:00").run().emitsNothing()
                    .into("r", "a, 12:00:01", "y, 12:00:30").run().emits("a, 12:00:01, +I").holds(1)
                    .into("r", "z, 12:01:00").run().emits("z, 12:01, +I").holds(0);
        }
    }

    @Test
    @DisplayName("take off the rows of a table at once, in append mode, for no more of it come")
    void streamWithoutTable() {
        try (Scenario scenario = given(STREAMS).query(OutputMode.Append(),
                "SELECT k, n FROM STREAM l EXCEPT SELECT k, n FROM t")) {
            scenario.into("l", "a, 1", "a, 2", "NULL, 3").run().emits("a, 2")
                    .into("l", "b, 2", "c, 4").run().emits("c, 4");
        }
    }

    @Test
    @DisplayName("take off a table what a stream brings")
    void tableWithoutStream() {
        try (Scenario scenario = given(STREAMS).query(OutputMode.Changelog(),
                "SELECT k, n FROM t EXCEPT SELECT k, n FROM STREAM r")) {
            scenario.into("r", "a, 1", "x, 9").run().emits("a, 1, -D")
                    .into("r", "NULL, 3").run().emits("NULL, 3, -D");
        }
    }

    @Test
    @DisplayName("find in a stream what a table has")
    void tableWithStream() {
        try (Scenario scenario = given(STREAMS).query(OutputMode.Append(),
                "SELECT k, n FROM t INTERSECT ALL SELECT k, n FROM STREAM r")) {
            scenario.into("r", "a, 1", "a, 1", "x, 9").run().emits("a, 1")
                    .into("r", "NULL, 3", "a, 1").run().emits("NULL, 3");
        }
    }
}
