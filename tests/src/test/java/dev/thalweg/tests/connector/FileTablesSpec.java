package dev.thalweg.tests.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.Row;
import dev.thalweg.ThalwegSession;
import dev.thalweg.spi.error.InvalidOption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A table of files")
final class FileTablesSpec {
    @TempDir
    private Path temp;

    private final ThalwegSession session = ThalwegSession.builder()
            .config("thalweg.sql.session.timeZone", "Europe/Berlin").create();

    @AfterEach
    void close() {
        session.close();
    }

    private Path write(String path, String text) throws IOException {
        Path file = temp.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> rows(String sql) {
        return session.sql(sql).collectAsList().stream().map(Row::toString).toList();
    }

    @Test
    @DisplayName("may be created before the directory is there, is written by INSERT, and until then says what is missing")
    void createdBeforeItsDirectory() {
        session.sql("CREATE TABLE out (a INT, b STRING) USING json OPTIONS (path '" + temp.resolve("out") + "')");
        assertThatThrownBy(() -> rows("SELECT * FROM out")).hasMessageContaining("THW-2015");
        session.sql("INSERT INTO out VALUES (1, 'x')");
        session.sql("INSERT INTO out VALUES (2, 'y')");
        assertThat(rows("SELECT * FROM out ORDER BY a")).containsExactly("[1,x]", "[2,y]");
    }

    @Test
    @DisplayName("gives back the values of partitions: escaped, NULL, and times in the session's zone")
    void partitionsRoundTrip() {
        session.sql(
                "CREATE TABLE out USING json OPTIONS (path '" + temp.resolve("out") + "') PARTITIONED BY (`k y`, t)");
        session.sql("INSERT INTO out SELECT * FROM VALUES (1, 'a/b=c%', TIMESTAMP '2024-01-01 10:00:00.5'),"
                + " (2, CAST(NULL AS STRING), TIMESTAMP '2024-07-01 00:00:00'),"
                + " (3, 'ü', CAST(NULL AS TIMESTAMP)) AS x(v, `k y`, t)");
        assertThat(rows("SELECT v, `k y`, CAST(t AS STRING), typeof(t) FROM out ORDER BY v")).containsExactly(
                "[1,a/b=c%,2024-01-01 10:00:00.5,timestamp]", "[2,null,2024-07-01 00:00:00,timestamp]",
                "[3,ü,null,timestamp]");
    }

    @Test
    @DisplayName("with a header that has a name twice numbers each of them by its place, as Spark does")
    void headerWithANameTwice() throws IOException {
        Path file = write("twice/x.csv", "a,b,A,c\n1,2,3,4\n");
        session.sql("CREATE TABLE twice USING csv OPTIONS (path '" + file.getParent() + "', header 'true')");
        assertThat(session.table("twice").columns()).containsExactly("a0", "b", "A2", "c");
        assertThat(rows("SELECT a0, b, A2, c FROM twice")).containsExactly("[1,2,3,4]");
    }

    @Test
    @DisplayName("tells the types of partitions from all their values, and takes any name for itself")
    void partitionTypes() throws IOException {
        write("in/d=2024-01-01/n=1/s=100%/x.json", "{\"v\":1}\n");
        write("in/d=2024-01-02/n=3000000000/s=%zz/x.json", "{\"v\":2}\n");
        session.sql("CREATE TABLE parts USING json OPTIONS (path '" + temp.resolve("in") + "')");
        assertThat(rows("SELECT v, d, typeof(d), n, typeof(n), s FROM parts ORDER BY v"))
                .containsExactly("[1,2024-01-01,date,1,bigint,100%]", "[2,2024-01-02,date,3000000000,bigint,%zz]");
    }

    @Test
    @DisplayName("of CSV has NULL where nothing stands between separators, whatever nullValue is")
    void csvNulls() throws IOException {
        write("in/a.csv", "\uFEFFa,b\r\n1,x\r\n,\r\nNA,\"NA\"\r\n4,\"\"\r\n");
        String options = " USING csv OPTIONS (header 'true', nullValue 'NA', path '" + temp.resolve("in") + "'";
        session.sql("CREATE TABLE c (a INT, b STRING, _corrupt_record STRING)" + options + ")");
        assertThat(rows("SELECT * FROM c")).containsExactly("[1,x,null]", "[null,null,null]", "[null,null,null]",
                "[4,,null]");
        session.sql("CREATE TABLE inferred" + options + ", inferSchema 'true')");
        assertThat(rows("SELECT typeof(a) FROM inferred LIMIT 1")).containsExactly("[int]");
    }

    @Test
    @DisplayName("of JSON lets nested columns and decimals through explode, grouping sets and joins untouched")
    void nestedColumnsGoAlong() throws IOException {
        write("in/a.json", """
                {"id":1,"w":["x","y"],"s":{"a":1,"b":[1.5,null]},"d":12.50}
                {"id":2,"w":["z"],"s":null,"d":null}
                """);
        session.sql("CREATE TABLE n (id INT, w ARRAY<STRING>, s STRUCT<a: INT, b: ARRAY<DOUBLE>>, d DECIMAL(30,2))"
                + " USING json OPTIONS (path '" + temp.resolve("in") + "')");
        assertThat(rows("SELECT e, w, s, d FROM n LATERAL VIEW explode(w) x AS e ORDER BY e")).containsExactly(
                "[x,[x, y],[1,[1.5, null]],12.50]", "[y,[x, y],[1,[1.5, null]],12.50]", "[z,[z],null,null]");
        assertThat(rows("SELECT l.s, r.w, r.d FROM n l LEFT JOIN n r ON l.id + 1 = r.id ORDER BY l.id"))
                .containsExactly("[[1,[1.5, null]],[z],null]", "[null,null,null]");
        assertThat(rows("SELECT s, d, count(*) FROM n GROUP BY ROLLUP(s, d) ORDER BY 3 DESC, 2")).hasSize(5);
    }

    @Test
    @DisplayName("of JSON keeps times as text unless it is told to infer them")
    void jsonTimes() throws IOException {
        write("in/a.json", "{\"t\":\"2024-01-01T00:00:00Z\",\"u\":\"01.02.2024\"}\n");
        String options = " USING json OPTIONS (path '" + temp.resolve("in") + "'";
        session.sql("CREATE TABLE plain" + options + ")");
        session.sql("CREATE TABLE timed" + options + ", inferTimestamp 'true')");
        session.sql("CREATE TABLE shaped" + options + ", inferTimestamp 'true', timestampFormat 'dd.MM.yyyy')");
        assertThat(rows("SELECT typeof(t), typeof(u) FROM plain")).containsExactly("[string,string]");
        assertThat(rows("SELECT typeof(t), typeof(u) FROM timed")).containsExactly("[timestamp,string]");
        assertThat(rows("SELECT typeof(t), CAST(u AS STRING) FROM shaped"))
                .containsExactly("[string,2024-02-01 00:00:00]");
    }

    @Test
    @DisplayName("may hold NULL in a column that is NOT NULL for those who write, and says so wherever it is read")
    void notNullIsForWriters() throws IOException {
        write("in/a.json",
                "{\"a\":1,\"b\":\"x\"}\n{\"a\":\"bad\",\"b\":\"y\"}\n{\"b\":\"z\"}\n{\"a\":null,\"b\":\"n\"}\n");
        String options = " USING json OPTIONS (path '" + temp.resolve("in") + "')";
        session.sql("CREATE TABLE t (a BIGINT NOT NULL, b STRING, s STRUCT<c: INT NOT NULL>)" + options);
        assertThat(rows("SELECT b, a IS NULL, coalesce(a, -5), s.c IS NULL FROM t")).containsExactly("[x,false,1,true]",
                "[y,true,-5,true]", "[z,true,-5,true]", "[n,true,-5,true]");
        assertThat(rows("SELECT count(*), count(a) FROM t WHERE a IS NULL")).containsExactly("[3,0]");
        assertThat(session.read().schema("a BIGINT NOT NULL, b STRING").json(temp.resolve("in").toString())
                .filter("a IS NULL").count()).isEqualTo(3);
        assertThat(rows("DESCRIBE t")).contains("[a,bigint,false]", "[b,string,true]");
    }

    @Test
    @DisplayName("has the same rows whichever columns are read, also where a number or a name is very long")
    void longNumbersAreNumbers() throws IOException {
        write("in/a.json",
                "{\"a\":1,\"b\":\"x\"}\n{\"a\":" + "1".repeat(100_000) + ",\"b\":\"y\"}\n{\"" + "n".repeat(60_000)
                        + "\":1.5e1,\"d\":" + "1".repeat(100_000) + ",\"\\u0062\":\"z\"}\n");
        session.sql("CREATE TABLE t (a BIGINT, b STRING, d DECIMAL(10,2)) USING json OPTIONS (path '"
                + temp.resolve("in") + "')");
        assertThat(rows("SELECT count(b) FROM t")).containsExactly("[3]");
        assertThat(rows("SELECT count(a), count(b), count(d) FROM t")).containsExactly("[1,3,0]");
    }

    @Test
    @DisplayName("passes over a link that leads back to a directory above it")
    void passesOverLoops() throws IOException {
        write("in/p=1/a.json", "{\"a\":1}\n");
        Files.createSymbolicLink(temp.resolve("in/self"), temp.resolve("in"));
        Files.createSymbolicLink(temp.resolve("in/p=1/p=2"), temp.resolve("in"));
        for (String more : List.of("", ", recursiveFileLookup true")) {
            session.sql("CREATE OR REPLACE TABLE t (a INT) USING json OPTIONS (path '" + temp.resolve("in") + "'" + more
                    + ")");
            assertThat(rows("SELECT a FROM t")).containsExactly("[1]");
        }
    }

    @Test
    @DisplayName("reads a place once, in however many ways its path is written")
    void writtenInManyWays() throws IOException {
        write("in/a.json", "{\"a\":1}\n");
        String in = temp.resolve("in").toString();
        session.sql("CREATE TABLE t (a INT) USING json OPTIONS (paths '[\"" + in + "\", \"" + in + "/.\", \"" + in
                + "/../in\", \"" + in + "/a.json\", \"" + temp.resolve("in/*.json") + "\"]')");
        assertThat(rows("SELECT a FROM t")).containsExactly("[1]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv|path ''", "csv|path '  '", "csv|paths '[]'", "csv|paths '[\"\"]'",
            "json|path 'in', compression 'zip'", "csv|path 'in', sep ''", "csv|path 'in', sep ',', delimiter ';'",
            "csv|path 'in', sep '\"'", "csv|path 'in', delimiter '#', comment '#'"})
    @DisplayName("is refused where an option has a value that cannot be meant")
    void refusesValues(String options) throws IOException {
        write("in/a.csv", "1\n");
        int bar = options.indexOf('|');
        String more = options.substring(bar + 1).replace("'in'", "'" + temp.resolve("in") + "'");
        assertThatThrownBy(() -> rows("CREATE TABLE t (a INT) USING " + options.substring(0, bar) + " OPTIONS (" + more
                + ")")).isInstanceOf(InvalidOption.class);
    }
}
