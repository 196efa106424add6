package dev.thalweg.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.parser.Statement.*;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A statement")
final class StatementSpec {
    @Test
    @DisplayName("BEGIN … END holds the INSERTs of one query")
    void block() {
        Statement.Block block = parse(Statement.Block.class, """
                BEGIN QUERY pages OPTIONS (checkpointLocation 'ckpt')
                  INSERT INTO a SELECT CASE WHEN x THEN y END;
                  INSERT INTO b (c) SELECT 1;
                END""");
        assertThat(block.queryName().orElseThrow().text()).isEqualTo("pages");
        assertThat(block.options().text("checkpointLocation")).hasValue("ckpt");
        assertThat(block.inserts()).extracting(insert -> insert.target().text()).containsExactly("a", "b");
        List<Statement> script = StatementParser.parseScript("SELECT 1; BEGIN INSERT INTO a SELECT 1; END; SELECT 2;");
        assertThat(script).hasSize(3);
        assertThat(parse(Query.class, "SELECT begin FROM t")).isNotNull();
        assertThatThrownBy(() -> StatementParser.parseStatement("BEGIN SELECT 1; END"))
                .hasMessageContaining("BEGIN … END holds INSERT statements only").hasMessageContaining("THW-1004");
        assertThatThrownBy(() -> StatementParser.parseStatement("BEGIN INSERT INTO a AS QUERY q SELECT 1; END"))
                .hasMessageContaining("Name the block: BEGIN QUERY name");
        assertThatThrownBy(() -> StatementParser.parseStatement("BEGIN END")).isInstanceOf(SyntaxError.class);
    }

    @Test
    @DisplayName("creates a stream with columns, watermark, connector and options")
    void createsStreams() {
        CreateTable create = parse(CreateTable.class, """
                CREATE STREAM clicks (user STRING, url STRING NOT NULL COMMENT 'where', ts TIMESTAMP,
                    WATERMARK FOR ts AS ts - INTERVAL '10' SECOND)
                USING json OPTIONS (path 'data/clicks', max.files = 1, multiLine true, 'a b' "c")
                PARTITIONED BY (url) COMMENT 'what people click'""");

        assertThat(create.kind()).isEqualTo(TableKind.STREAM);
        assertThat(create.name()).hasToString("clicks");
        assertThat(create.ifTaken()).isEqualTo(IfTaken.FAIL);
        assertThat(create.columns()).contains(RowType.of(Field.of("user", Simple.STRING),
                new Field("url", Simple.STRING, false), Field.of("ts", Simple.TIMESTAMP)));
        assertThat(create.columnComments()).containsEntry("url", "where").hasSize(1);
        assertThat(create.watermark()).hasValueSatisfying(watermark -> {
            assertThat(watermark.column()).hasToString("ts");
            assertThat(watermark.delayMicros()).isEqualTo(10_000_000);
        });
        assertThat(create.format()).isEqualTo("json");
        assertThat(create.options().values()).containsEntry("path", "data/clicks").containsEntry("max.files", "1")
                .containsEntry("multiLine", "true").containsEntry("a b", "c");
        assertThat(create.partitionedBy()).extracting(Name::text).containsExactly("url");
        assertThat(create.comment()).contains("what people click");
    }

    @Test
    @DisplayName("creates a table whose connector says the columns")
    void createsTables() {
        CreateTable create = parse(CreateTable.class, "CREATE TABLE IF NOT EXISTS t USING csv LOCATION 'x'");

        assertThat(create.kind()).isEqualTo(TableKind.TABLE);
        assertThat(create.ifTaken()).isEqualTo(IfTaken.KEEP);
        assertThat(create.columns()).isEmpty();
        assertThat(create.watermark()).isEmpty();
        assertThat(create.options().text("PATH")).contains("x");
    }

    @Test
    @DisplayName("creates a view, for good or for the session, with names for its columns")
    void createsViews() {
        CreateView view = parse(CreateView.class, "CREATE OR REPLACE TEMP VIEW v (a, b) AS SELECT 1, 2");

        assertThat(view.ifTaken()).isEqualTo(IfTaken.REPLACE);
        assertThat(view.temporary()).isTrue();
        assertThat(view.columns()).containsExactly("a", "b");
        assertThat(view.query().origin().text()).isEqualTo("SELECT 1, 2");
    }

    @Test
    @DisplayName("creates a materialized view with options")
    void createsMaterializedViews() {
        CreateMaterializedView view = parse(CreateMaterializedView.class,
                "CREATE MATERIALIZED VIEW top OPTIONS (checkpointLocation 'c') AS SELECT a FROM STREAM t GROUP BY a");

        assertThat(view.name()).hasToString("top");
        assertThat(view.options().text("checkpointLocation")).contains("c");
        assertThat(Printed.of(view.query().tree())).isEqualTo("SELECT a FROM (STREAM t) AS t GROUP BY a");
    }

    @Test
    @DisplayName("inserts what a query gives, into some columns, under a name")
    void inserts() {
        Insert insert = parse(Insert.class, "INSERT INTO daily AS QUERY nightly (a, b) SELECT 1, 2");

        assertThat(insert.target()).hasToString("daily");
        assertThat(insert.queryName()).map(Name::text).contains("nightly");
        assertThat(insert.columns()).extracting(Name::text).containsExactly("a", "b");
        assertThat(parse(Insert.class, "insert into table t values (1, 'a')").queryName()).isEmpty();
        assertThat(parse(Insert.class, "insert into t (select 1)").columns()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", textBlock = """
            DROP TABLE t                  => TABLE false
            DROP STREAM IF EXISTS t       => STREAM true
            DROP VIEW t                   => VIEW false
            DROP MATERIALIZED VIEW t      => MATERIALIZED_VIEW false
            """)
    void drops(String text, String expected) {
        Drop drop = parse(Drop.class, text);

        assertThat(drop.kind() + " " + drop.ifExists()).isEqualTo(expected);
        assertThat(drop.name()).hasToString("t");
    }

    @Test
    @DisplayName("lists tables, queries and functions")
    void shows() {
        assertThat(parse(Show.class, "SHOW TABLES").what()).isEqualTo(Listing.TABLES);
        assertThat(parse(Show.class, "show queries;").what()).isEqualTo(Listing.QUERIES);
        assertThat(parse(Show.class, "SHOW FUNCTIONS LIKE 'date*'").pattern()).contains("date*");
    }

    @Test
    @DisplayName("describes a table, a running query, the result of a query, a function")
    void describes() {
        assertThat(parse(DescribeTable.class, "DESCRIBE TABLE t").name()).hasToString("t");
        assertThat(parse(DescribeTable.class, "desc t").name()).hasToString("t");
        assertThat(parse(DescribeTable.class, "DESCRIBE query").name()).hasToString("query");
        assertThat(parse(DescribeQuery.class, "DESCRIBE QUERY daily").name()).hasToString("daily");
        assertThat(parse(DescribeFunction.class, "DESCRIBE FUNCTION Upper").name()).hasToString("upper");
        for (String query : List.of("SELECT 1", "WITH a AS (SELECT 1) SELECT * FROM a", "VALUES (1)")) {
            assertThat(parse(DescribeResult.class, "DESCRIBE QUERY " + query).query().origin().text()).isEqualTo(query);
        }
    }

    @Test
    @DisplayName("explains a query, an INSERT or a materialized view")
    void explains() {
        assertThat(parse(Explain.class, "EXPLAIN SELECT 1").kind()).isEqualTo(ExplainKind.PLAN);
        assertThat(parse(Explain.class, "EXPLAIN INCREMENTAL SELECT 1").kind()).isEqualTo(ExplainKind.INCREMENTAL);
        assertThat(parse(Explain.class, "EXPLAIN CODEGEN SELECT 1").kind()).isEqualTo(ExplainKind.CODEGEN);
        assertThat(parse(Explain.class, "EXPLAIN STATE INSERT INTO t SELECT 1").subject()).isInstanceOf(Insert.class);
    }

    @Test
    @DisplayName("waits for a query and stops it")
    void awaitsAndStops() {
        AwaitQuery idle = parse(AwaitQuery.class, "AWAIT QUERY q UNTIL IDLE TIMEOUT INTERVAL 30 SECONDS");
        assertThat(idle.untilIdle()).isTrue();
        assertThat(idle.timeout()).contains(Duration.ofSeconds(30));

        AwaitQuery end = parse(AwaitQuery.class, "AWAIT QUERY q");
        assertThat(end.untilIdle()).isFalse();
        assertThat(end.timeout()).isEmpty();

        assertThat(parse(AwaitQuery.class, "AWAIT QUERY q TIMEOUT '1 minute'").timeout())
                .contains(Duration.ofMinutes(1));
        assertThat(parse(AwaitQuery.class, "AWAIT QUERY q TIMEOUT 5 SECONDS").timeout())
                .contains(Duration.ofSeconds(5));
        assertThat(parse(StopQuery.class, "STOP QUERY q").name()).hasToString("q");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '§', textBlock = """
            SET thalweg.trigger = 'availableNow'   => thalweg.trigger => availableNow
            SET thalweg.trigger = 10 seconds       => thalweg.trigger => 10 seconds
            set a.b-c=-1                           => a.b-c => -1
            SET TIME ZONE 'Europe/Berlin'          => thalweg.sql.session.timeZone => Europe/Berlin
            """)
    void changesSettings(String text, String name, String value) {
        ChangeSetting set = parse(ChangeSetting.class, text);

        assertThat(set.name()).isEqualTo(name);
        assertThat(set.value()).isEqualTo(value);
    }

    @Test
    @DisplayName("shows one setting or all, and refreshes a table")
    void showsSettings() {
        assertThat(parse(ShowSetting.class, "SET").name()).isEqualTo(Optional.empty());
        assertThat(parse(ShowSetting.class, "SET thalweg.trigger").name()).contains("thalweg.trigger");
        assertThat(parse(RefreshTable.class, "REFRESH TABLE t").name()).hasToString("t");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", textBlock = """
            int                                    => INT
            LONG                                   => BIGINT
            timestamp_ltz                          => TIMESTAMP
            decimal                                => DECIMAL(10,0)
            dec(5)                                 => DECIMAL(5,0)
            numeric(38, 18)                        => DECIMAL(38,18)
            array<array<string>>                   => ARRAY<ARRAY<STRING>>
            map<string, struct<a: int, b binary>>  => MAP<STRING, STRUCT<a: INT, b: BINARY>>
            struct<a: int not null, order date>    => STRUCT<a: INT NOT NULL, order: DATE>
            struct<>                               => STRUCT<>
            interval day to second                 => INTERVAL DAY TO SECOND
            interval year                          => INTERVAL YEAR TO MONTH
            """)
    void readsTypes(String text, String sql) {
        DataType type = StatementParser.parseType(text);

        assertThat(type.sql()).isEqualTo(sql);
        assertThat(StatementParser.parseType(type.sql())).isEqualTo(type);
    }

    @Test
    @DisplayName("has columns that can be read alone, as a program writes them")
    void readsSchemas() {
        assertThat(StatementParser.parseSchema("user STRING, n: BIGINT NOT NULL, `a b` DATE").sql())
                .isEqualTo("user STRING, n BIGINT NOT NULL, a b DATE");
    }

    private static <T extends Statement> T parse(Class<T> kind, String text) {
        return kind.cast(StatementParser.parseStatement(text));
    }
}
