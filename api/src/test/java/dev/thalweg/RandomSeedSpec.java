package dev.thalweg;

import static dev.thalweg.functions.col;
import static dev.thalweg.functions.rand;
import static dev.thalweg.functions.randn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.types.StructType;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A random function with a seed")
final class RandomSeedSpec {
    private final ThalwegSession session = ThalwegSession.builder().create();

    @AfterEach
    void close() {
        session.close();
    }

    private static List<String> rows(Dataset<Row> dataset) {
        return dataset.collectAsList().stream().map(Row::toString).toList();
    }

    private List<String> rows(String query) {
        return rows(session.sql(query));
    }

    @Test
    @DisplayName("gives the numbers that Spark gives")
    void isSparks() {
        assertThat(rows("SELECT rand(0), randn(0), randstr(3, 0)"))
                .containsExactly("[0.7604953758285915,1.6034991609278433,ceV]");
        assertThat(rows("SELECT rand(42) * 3 FROM VALUES (0), (1) t(id)")).containsExactly("[1.8575681106759028]",
                "[1.5288056527339444]");
    }

    @Test
    @DisplayName("gives the same in each run, over all batches of a split, with NULLs in them or without, and another for another seed")
    void isRepeatable() {
        List<Row> input = IntStream.range(0, 20_000).mapToObj(i -> RowFactory.create(i % 7_000 == 6_999 ? null : i))
                .toList();
        session.createDataFrame(input, new StructType().add("id", "INT")).createOrReplaceTempView("t");
        String query = "SELECT id, rand(7), randn(7), uniform(1, 1000000, 7), randstr(5, 7), shuffle(array(1, 2, 3, 4, 5), 7)"
                + " FROM t";
        List<String> first = rows(query);
        assertThat(rows(query)).isEqualTo(first);
        assertThat(rows("SELECT DISTINCT rand(7) FROM t")).hasSize(20_000);
        assertThat(rows(query.replace("7)", "8)"))).isNotEqualTo(first);
    }

    @Test
    @DisplayName("has a sequence of its own, so that two with one seed agree in each row")
    void isItsOwn() {
        assertThat(
                rows("SELECT count(*) FROM (SELECT rand(3) AS a, rand(3) AS b, rand(4) AS c FROM VALUES (1), (2), (3))"
                        + " WHERE a = b AND a <> c"))
                .containsExactly("[3]");
        Dataset<Row> both = session.sql("SELECT 1 AS id").select(rand(5).as("a"), rand(5).as("b"), randn(5).as("c"));
        assertThat(rows(both.filter(col("a").equalTo(col("b"))))).hasSize(1);
    }

    @Test
    @DisplayName("is refused where its seed is a column")
    void seedIsOne() {
        assertThatThrownBy(() -> rows("SELECT rand(s) FROM VALUES (1), (2) t(s)"))
                .hasMessageContainingAll("Argument 1 of 'rand' is no constant", "THW-1201");
    }

    @Test
    @DisplayName("or without: monotonically_increasing_id is another number in each row, counted from 0 in the first split")
    void idsDiffer() {
        session.createDataFrame(IntStream.range(0, 30_000).mapToObj(RowFactory::create).toList(),
                new StructType().add("id", "INT")).createOrReplaceTempView("t");
        assertThat(rows(
                "SELECT min(n), max(n), count(DISTINCT n) FROM (SELECT monotonically_increasing_id() AS n FROM t)"))
                .containsExactly("[0,29999,30000]");
        assertThat(rows("SELECT count(DISTINCT n) FROM (SELECT monotonically_increasing_id() AS n FROM t GROUP BY id)"))
                .containsExactly("[30000]");
    }

    @Test
    @DisplayName("uniform of whole numbers stays within its ends")
    void uniformIsWithin() {
        assertThat(rows("SELECT DISTINCT uniform(-2, 2, 1) AS u FROM (SELECT explode(sequence(1, 1000))) ORDER BY u"))
                .containsExactly("[-1]", "[0]", "[1]");
    }
}
