package dev.thalweg.tests.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.Row;
import dev.thalweg.ThalwegSession;
import dev.thalweg.spi.error.InvalidOption;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.error.Unavailable;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A session")
final class MemoryTablesSpec {
    private final ThalwegSession session = ThalwegSession.builder().create();

    @AfterEach
    void close() {
        session.close();
    }

    private List<String> rows(String sql) {
        return session.sql(sql).collectAsList().stream().map(Row::toString).toList();
    }

    @Test
    @DisplayName("forgets the rows of a memory table that is dropped or replaced, and keeps those that another table shows")
    void forgetsDroppedRows() {
        session.sql("CREATE TABLE u (z INT) USING memory");
        session.sql("INSERT INTO u VALUES (1), (2)");
        session.sql("DROP TABLE u");
        session.sql("CREATE TABLE u (y STRING, w INT) USING memory");
        assertThat(rows("SELECT count(*) FROM u")).containsExactly("[0]");
        session.sql("INSERT INTO u VALUES ('a', 1)");
        session.sql("CREATE OR REPLACE TABLE u (y STRING) USING memory");
        assertThat(rows("SELECT * FROM u")).isEmpty();
        session.sql("INSERT INTO u VALUES ('b')");
        session.sql("CREATE TABLE same (y STRING) USING memory OPTIONS (memoryId 'u')");
        session.sql("DROP TABLE u");
        assertThat(rows("SELECT * FROM same")).containsExactly("[b]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"thalweg.sql.tasks = 129", "thalweg.sql.tasks = 5000000000", "thalweg.sql.tasks = 0",
            "thalweg.trigger = ''"})
    @DisplayName("refuses a setting with a value that it would not go by, naming the setting")
    void refusesSettings(String setting) {
        assertThatThrownBy(() -> session.sql("SET " + setting)).isInstanceOf(InvalidOption.class)
                .hasMessageContaining("'" + setting.substring(0, setting.indexOf(' ')) + "'");
    }

    @Test
    @DisplayName("refuses a LIMIT or OFFSET that no count can reach")
    void refusesHugeOffsets() {
        assertThatThrownBy(() -> rows("SELECT 1 OFFSET 9999999999999999999999")).isInstanceOf(InvalidQuery.class)
                .hasMessageContaining("THW-1116");
    }

    @Test
    @DisplayName("says what a query needs more than when its budget is too small to open it")
    void saysWhatItNeeds() {
        session.sql("CREATE TABLE u (z INT) USING memory");
        session.sql("INSERT INTO u VALUES (1), (2)");
        session.sql("CREATE STREAM s (z INT) USING memory");
        session.sql("SET thalweg.memory.bytesMax = 1");
        assertThatThrownBy(() -> rows("SELECT z + 1 FROM u WHERE z > 1")).isInstanceOf(Unavailable.class)
                .hasMessageContaining("THW-4020").hasMessageContaining("SET thalweg.memory.bytesMax")
                .satisfies(error -> assertThat(error.getSuppressed()).isEmpty());
        session.sql("CREATE TABLE n (y INT) USING noop");
        assertThatThrownBy(() -> session.sql("INSERT INTO n SELECT z + 1 FROM STREAM s WHERE z > 1"))
                .isInstanceOf(Unavailable.class).hasMessageContaining("THW-4020").hasMessageContaining("query 'n'")
                .satisfies(error -> assertThat(error.getSuppressed()).isEmpty());
    }

    @Test
    @DisplayName("says that the memory has run out where it is an expression that needs more")
    void saysWhatAnExpressionNeeds() {
        session.sql("CREATE STREAM s (z INT) USING memory");
        session.sql("INSERT INTO s VALUES (1)");
        session.sql("CREATE TABLE n (y INT) USING noop");
        session.sql("SET thalweg.memory.bytesMax = 4000000");
        session.sql("INSERT INTO n SELECT length(repeat(CAST(z AS STRING), 50000000)) FROM STREAM s");
        assertThatThrownBy(() -> session.sql("AWAIT QUERY n UNTIL IDLE TIMEOUT INTERVAL 30 SECONDS"))
                .isInstanceOf(Unavailable.class).hasMessageContainingAll("THW-4020", "query 'n'");
    }
}
