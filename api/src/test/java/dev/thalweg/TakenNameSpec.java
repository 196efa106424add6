package dev.thalweg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.streaming.MemoryStream;
import dev.thalweg.streaming.StreamingQuery;
import dev.thalweg.types.StructType;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A name that is taken")
@Timeout(60)
final class TakenNameSpec {
    private static final StructType WORD = StructType.fromDDL("word STRING");

    private final ThalwegSession session = ThalwegSession.builder().create();
    private final MemoryStream words = session.memoryStream("words", WORD);

    @AfterEach
    void close() {
        session.close();
    }

    private StreamingQuery intoMemory(String name) {
        return words.toDF().writeStream().format("memory").queryName(name).start();
    }

    private List<String> rows(String sql) {
        return session.sql(sql).collectAsList().stream().map(Row::toString).toList();
    }

    @Test
    @DisplayName("by a table, a stream or a view is not given to the result of a query: nothing of theirs is lost or hidden")
    void isNotGivenToAResult() {
        session.sql("CREATE TABLE dim (k INT) USING memory");
        session.sql("INSERT INTO dim VALUES (1), (2)");
        session.sql("CREATE VIEW seen AS SELECT 1 AS x");
        session.sql("SELECT 1 AS y").createOrReplaceTempView("passing");
        for (String name : List.of("dim", "DIM", "words", "seen", "passing")) {
            assertThatThrownBy(() -> intoMemory(name)).hasMessageContainingAll("THW-1102", "queryName(…)");
        }
        assertThat(session.streams().active()).isEmpty();
        assertThat(rows("SELECT * FROM dim ORDER BY k")).containsExactly("[1]", "[2]");
        words.addData(RowFactory.create("a"));
        assertThat(words.toDF().columns()).containsExactly("word");
    }

    @Test
    @DisplayName("by the query whose result a table shows is not given to a query that writes elsewhere")
    void isNotTakenFromWhatShowsIt() {
        session.sql("CREATE MATERIALIZED VIEW lengths AS SELECT length(word) AS n FROM STREAM words");
        session.sql("STOP QUERY lengths");
        session.sql("CREATE TABLE other (word STRING) USING memory");
        assertThatThrownBy(() -> session.sql("INSERT INTO other AS QUERY lengths SELECT word FROM STREAM words"))
                .hasMessageContainingAll("THW-1102", "'lengths' shows the result of a query 'lengths'", "AS QUERY");
        assertThatThrownBy(() -> words.toDF().writeStream().format("noop").queryName("Lengths").start())
                .hasMessageContaining("THW-1102");
        session.sql("INSERT INTO other AS QUERY words_seen SELECT word FROM STREAM words");
        assertThatThrownBy(() -> intoMemory("words_seen")).hasMessageContainingAll("THW-1102", "'other'");
    }

    @Test
    @DisplayName("by the result of an earlier query goes to the next query of that name")
    void goesToTheNextQuery() {
        words.addData(RowFactory.create("a"));
        for (int i = 0; i < 2; i++) {
            StreamingQuery query = intoMemory("seen");
            query.processAllAvailable();
            query.stop();
            assertThat(rows("SELECT * FROM seen")).containsExactly("[a]");
        }
    }

    @Test
    @DisplayName("is not given to a stream in memory, which is the same one where it has the same columns")
    void isNotGivenToAStream() {
        session.sql("CREATE TABLE dim (k INT) USING memory");
        assertThatThrownBy(() -> session.memoryStream("dim", WORD)).hasMessageContaining("THW-1102");
        assertThatThrownBy(() -> session.memoryStream("words", StructType.fromDDL("n INT")))
                .hasMessageContainingAll("THW-1102", "n INT");
        words.addData(RowFactory.create("a"));
        session.memoryStream("words", WORD).addData(RowFactory.create("b"));
        StreamingQuery query = intoMemory("seen");
        query.processAllAvailable();
        assertThat(rows("SELECT * FROM seen ORDER BY word")).containsExactly("[a]", "[b]");
    }

    @Test
    @DisplayName("of a memory table that holds rows is not the target of a query, whose result would replace them")
    void isNoTargetWithRows() {
        session.sql("CREATE TABLE kept (word STRING) USING memory");
        session.sql("INSERT INTO kept VALUES ('mine')");
        assertThatThrownBy(() -> session.sql("INSERT INTO kept SELECT * FROM STREAM words"))
                .hasMessageContainingAll("THW-3115", "kept");
        assertThatThrownBy(() -> words.toDF().writeStream().toTable("kept")).hasMessageContaining("THW-3115");
        assertThat(rows("SELECT * FROM kept")).containsExactly("[mine]");
    }

    @Test
    @DisplayName("of a memory table gives the result of the query that writes it, whatever that query is named")
    void readsTheQueryOfAnotherName() {
        session.sql("CREATE TABLE target (word STRING) USING memory");
        session.sql("INSERT INTO target AS QUERY nightly SELECT * FROM STREAM words");
        words.addData(RowFactory.create("a"));
        session.sql("AWAIT QUERY nightly UNTIL IDLE TIMEOUT INTERVAL 30 SECONDS");
        assertThat(rows("SELECT * FROM target")).containsExactly("[a]");
        session.sql("DROP MATERIALIZED VIEW target");
        assertThat(session.streams().active()).isEmpty();
    }
}
