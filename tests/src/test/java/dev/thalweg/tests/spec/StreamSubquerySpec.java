package dev.thalweg.tests.spec;

import static dev.thalweg.tests.spec.Scenario.given;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.streaming.OutputMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A subquery that reads a stream")
final class StreamSubquerySpec {
    private static final String GIVEN = """
            CREATE STREAM l (id INT, k STRING) USING memory;
            CREATE STREAM r (k STRING, n INT) USING memory;
            CREATE TABLE t (id INT, k STRING) USING memory;
            INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, NULL)""";

    private static Scenario changelog(String query) {
        return given(GIVEN).query(OutputMode.Changelog(), query);
    }

    @Test
    @DisplayName("of IN lets a row through when its value has come, once")
    void in() {
        try (Scenario scenario = given(GIVEN).query(OutputMode.Append(),
                "SELECT id FROM STREAM l WHERE k IN (SELECT k FROM STREAM r)")) {
            scenario.into("l", "1, a", "2, b", "3, NULL").run().emitsNothing()
                    .into("r", "a, 1", "a, 2", "NULL, 3").run().emits("1")
                    .into("l", "4, a").into("r", "b, 1").run().emits("4", "2");
        }
    }

    @Test
    @DisplayName("of NOT IN knows NULL: one that comes ends it for every row; of no rows at all NULL is not in")
    void notIn() {
        try (Scenario scenario = changelog("SELECT id FROM STREAM l WHERE k NOT IN (SELECT k FROM STREAM r)")) {
            scenario.into("l", "1, a", "2, NULL", "3, c").run().emits("1, +I", "2, +I", "3, +I")
                    .into("r", "b, 1").run().emits("2, -D")
                    .into("r", "a, 1").run().emits("1, -D")
                    .into("l", "4, d", "5, a", "6, NULL").run().emits("4, +I")
                    .into("r", "NULL, 1").run().emits("3, -D", "4, -D");
        }
    }

    @Test
    @DisplayName("of NOT IN knows NULL by the rows that the outer row sees")
    void notInOfGroups() {
        try (Scenario scenario = changelog("""
                SELECT id FROM STREAM l WHERE k NOT IN (SELECT k FROM STREAM r WHERE r.n = l.id % 2)""")) {
            scenario.into("l", "1, a", "2, a", "3, NULL", "4, NULL").run()
                    .emits("1, +I", "2, +I", "3, +I", "4, +I")
                    .into("r", "b, 1").run().emits("3, -D")
                    .into("r", "NULL, 0").run().emits("2, -D", "4, -D")
                    .into("r", "a, 1", "a, 7").run().emits("1, -D")
                    .into("l", "5, b", "7, c", "8, c").run().emits("7, +I");
        }
    }

    @Test
    @DisplayName("of EXISTS and NOT EXISTS may look at the outer row")
    void exists() {
        try (Scenario scenario = changelog("""
                SELECT id FROM STREAM l WHERE NOT EXISTS (SELECT 1 FROM STREAM r WHERE r.k = l.k AND r.n > l.id)""")) {
            scenario.into("l", "1, a", "5, a", "3, NULL").run().emits("1, +I", "5, +I", "3, +I")
                    .into("r", "a, 2", "a, 3").run().emits("1, -D")
                    .into("l", "2, a").run().emitsNothing();
        }
    }

    @Test
    @DisplayName("that stands for a value follows it")
    void value() {
        try (Scenario scenario = changelog("SELECT id, (SELECT max(n) FROM STREAM r) FROM STREAM l")) {
            scenario.into("l", "1, a").run().emits("1, NULL, +I")
                    .into("r", "a, 5").run().emits("1, NULL, -D", "1, 5, +I")
                    .into("r", "a, 4").into("l", "2, b").run().emits("2, 5, +I");
        }
    }

    @Test
    @DisplayName("that stands for a value of the outer row has none where no row is found, and a count of 0")
    void valueOfTheRow() {
        try (Scenario scenario = changelog(
                """
                        SELECT id, (SELECT count(*) FROM STREAM r WHERE r.k = l.k), (SELECT sum(n) FROM STREAM r WHERE r.k = l.k)
                        FROM STREAM l""")) {
            scenario.into("l", "1, a", "2, NULL").run().emits("1, 0, NULL, +I", "2, 0, NULL, +I")
                    .into("r", "a, 5", "a, 6").run().emits("1, 0, NULL, -D", "1, 2, 11, +I")
                    .into("l", "3, a").run().emits("3, 2, 11, +I");
        }
    }

    @Test
    @DisplayName("that stands for a value and gives a second row ends the query with an error")
    void moreThanOneRow() {
        try (Scenario scenario = changelog("SELECT id, (SELECT n FROM STREAM r WHERE r.k = l.k) FROM STREAM l")) {
            scenario.into("l", "1, a").into("r", "a, 5").run().emits("1, 5, +I");
            assertThatThrownBy(() -> scenario.into("r", "a, 6").run()).hasMessageContaining("THW-4008");
        }
    }

    @Test
    @DisplayName("may stand in the SELECT list, where IN may be unknown")
    void inSelect() {
        try (Scenario scenario = changelog("SELECT id, k IN (SELECT k FROM STREAM r) FROM STREAM l")) {
            scenario.into("l", "1, a", "2, NULL").run().emits("1, false, +I", "2, false, +I")
                    .into("r", "b, 1").run().emits("2, false, -D", "2, NULL, +I")
                    .into("r", "a, 1").run().emits("1, false, -D", "1, true, +I");
        }
    }

    @Test
    @DisplayName("may stand in HAVING")
    void having() {
        try (Scenario scenario = changelog("""
                SELECT k, count(*) FROM STREAM l GROUP BY k HAVING count(*) > (SELECT count(*) FROM STREAM r)""")) {
            scenario.into("l", "1, a", "2, a", "3, b").run().emits("a, 2, +I", "b, 1, +I")
                    .into("r", "x, 1").run().emits("b, 1, -D")
                    .into("l", "4, b").into("r", "x, 1").run().emits("a, 2, -D");
        }
    }

    @Test
    @DisplayName("may read the stream that the query reads")
    void sameStream() {
        try (Scenario scenario = changelog("SELECT id FROM STREAM l WHERE id = (SELECT max(id) FROM STREAM l)")) {
            scenario.into("l", "1, a", "3, b").run().emits("3, +I")
                    .into("l", "2, a").run().emitsNothing()
                    .into("l", "7, a").run().emits("3, -D", "7, +I");
        }
    }

    @Test
    @DisplayName("may choose among the rows of a table")
    void ofATable() {
        try (Scenario scenario = changelog("SELECT id FROM t WHERE k NOT IN (SELECT k FROM STREAM r)")) {
            scenario.into("r", "a, 1").run().emits("1, -D", "3, -D")
                    .into("r", "NULL, 1").run().emits("2, -D");
        }
    }

    @Test
    @DisplayName("may be joined sideways: LATERAL, with an aggregate of its own")
    void lateral() {
        try (Scenario scenario = changelog("""
                SELECT l.id, x.s FROM STREAM l, LATERAL (SELECT sum(n) AS s FROM STREAM r WHERE r.k = l.k) x""")) {
            scenario.into("l", "1, a").run().emits("1, NULL, +I")
                    .into("r", "a, 5").run().emits("1, NULL, -D", "1, 5, +I");
        }
    }

    @Test
    @DisplayName("may take the first rows of those that belong to the row: LATERAL with LIMIT")
    void lateralWithLimit() {
        try (Scenario scenario = changelog("""
                SELECT l.id, x.n FROM STREAM l LEFT JOIN LATERAL (
                    SELECT n FROM STREAM r WHERE r.k = l.k AND r.n > l.id ORDER BY n LIMIT 1) x ON true""")) {
            scenario.into("l", "1, a", "2, NULL").run().emits("1, NULL, +I", "2, NULL, +I")
                    .into("r", "a, 5", "a, 1").run().emits("1, NULL, -D", "1, 5, +I")
                    .into("r", "a, 4").into("l", "4, a").run().emits("1, 5, -D", "1, 4, +I", "4, 5, +I");
        }
    }

    @Test
    @DisplayName("may stand beside a function that makes rows, and look at what it makes")
    void besideAGenerator() {
        try (Scenario scenario = changelog("""
                SELECT id, e, (SELECT count(*) FROM STREAM r WHERE r.n < e) FROM STREAM l
                LATERAL VIEW explode(array(id, id + 10)) t AS e""")) {
            scenario.into("l", "1, a").run().emits("1, 1, 0, +I", "1, 11, 0, +I")
                    .into("r", "a, 5").run().emits("1, 11, 0, -D", "1, 11, 1, +I");
        }
    }

    @Test
    @DisplayName("may hold what makes rows of the row beside it")
    void generatorInside() {
        try (Scenario scenario = given(GIVEN).query(OutputMode.Append(), """
                SELECT id, e FROM STREAM l, LATERAL (SELECT e FROM explode(array(id, 3)) AS t(e) WHERE e > 1)""")) {
            scenario.into("l", "1, a", "2, a").run().emits("1, 3", "2, 2", "2, 3");
        }
    }
}
