package dev.thalweg;

import static dev.thalweg.functions.col;
import static dev.thalweg.functions.expr;
import static dev.thalweg.functions.lit;
import static dev.thalweg.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.types.StructType;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A column that was taken from a dataset")
final class ColumnIdentitySpec {
    private final ThalwegSession session = ThalwegSession.builder().create();
    private final Dataset<Row> l = table(RowFactory.create("a", 1), RowFactory.create("b", 2));
    private final Dataset<Row> r = table(RowFactory.create("a", 10), RowFactory.create("c", 30));
    private final Dataset<Row> j = l.join(r, l.col("k").equalTo(r.col("k")));

    private Dataset<Row> table(Row... rows) {
        return session.createDataFrame(List.of(rows), new StructType().add("k", "STRING").add("v", "INT"));
    }

    @AfterEach
    void close() {
        session.close();
    }

    private static List<String> rows(Dataset<Row> dataset) {
        return dataset.collectAsList().stream().map(Row::toString).toList();
    }

    @Test
    @DisplayName("stays that column through joins and all that keeps it, whatever else has its name")
    void isKept() {
        assertThat(rows(j.withColumn("z", l.col("v").plus(r.col("v"))))).containsExactly("[a,1,a,10,11]");
        assertThat(rows(j.withColumn("z", lit(1)).filter(r.col("v").gt(5)))).containsExactly("[a,1,a,10,1]");
        assertThat(rows(j.distinct().select(r.col("v"), l.col("v")))).containsExactly("[10,1]");
        assertThat(rows(j.orderBy(r.col("v").desc()).select(r.col("v")))).containsExactly("[10]");
        assertThat(rows(j.limit(1).filter(r.col("v").gt(5)).groupBy(r.col("k")).agg(sum(r.col("v")))))
                .containsExactly("[a,10]");
        assertThat(rows(j.dropDuplicates().select(col("*")).select(r.col("v")))).containsExactly("[10]");
        assertThat(rows(j.union(j).select(r.col("v")))).containsExactly("[10]", "[10]");
        assertThat(rows(j.select(l.col("v"), r.col("v")).select(r.col("v")))).containsExactly("[10]");
        assertThat(rows(l.filter(l.col("v").gt(1)).select(l.col("k")))).containsExactly("[b]");
        assertThat(rows(l.groupBy(l.col("k")).count().orderBy(l.col("k")))).containsExactly("[a,1]", "[b,1]");
        assertThat(rows(j.drop(l.col("v")).drop(r.col("k")).select("*"))).containsExactly("[a,10]");
        assertThat(rows(j.drop("k").na().fill("?").select(r.col("v")).na().drop())).hasSize(1);
        assertThat(rows(l.join(r, "k").select(r.col("v"), l.col("v"), l.col("k")))).containsExactly("[10,1,a]");
    }

    @Test
    @DisplayName("is refused where it is no longer, by its name")
    void isGone() {
        assertThatThrownBy(() -> l.select(r.col("k"))).hasMessageContainingAll("Column 'k'", "The dataset has: k, v",
                "THW-1104");
        assertThatThrownBy(() -> l.withColumn("v", lit(0)).select(l.col("v"))).hasMessageContaining("THW-1104");
        assertThatThrownBy(() -> l.withColumnRenamed("v", "w").select(l.col("v"))).hasMessageContaining("THW-1104");
        assertThatThrownBy(() -> l.join(r, l.col("k").equalTo(r.col("k")), "left_semi").select(r.col("v")))
                .hasMessageContaining("THW-1104");
    }

    @Test
    @DisplayName("is needed where a name is borne by two; the name alone is refused with the candidates")
    void nameAlone() {
        for (Dataset<Row> twice : List.of(j, j.distinct(), j.withColumn("z", lit(1)), j.limit(3))) {
            assertThatThrownBy(() -> twice.select("v")).hasMessageContainingAll("Column 'v' is ambiguous", "THW-1105");
            assertThatThrownBy(() -> twice.groupBy("v").count()).hasMessageContaining("THW-1105");
            assertThatThrownBy(() -> twice.withColumn("y", col("v").plus(1))).hasMessageContaining("THW-1105");
            assertThatThrownBy(() -> twice.orderBy("v")).hasMessageContaining("THW-1105");
            assertThatThrownBy(() -> twice.col("v")).hasMessageContainingAll("'v'", "2 columns", "THW-1105");
            assertThatThrownBy(() -> twice.dropDuplicates("v")).hasMessageContaining("THW-1105");
            assertThatThrownBy(() -> twice.select("v0")).hasMessageContainingAll("'v0'", "THW-1104");
        }
        j.createOrReplaceTempView("jv");
        assertThatThrownBy(() -> session.sql("SELECT v FROM jv")).hasMessageContaining("THW-1105");
        assertThatThrownBy(() -> session.sql("SELECT v FROM (SELECT * FROM jv)")).hasMessageContaining("THW-1105");
        assertThat(rows(session.sql("SELECT * FROM jv"))).containsExactly("[a,1,a,10]");
    }

    @Test
    @DisplayName("goes through a join of a dataset with itself")
    void selfJoin() {
        assertThat(rows(l.join(l, "k").orderBy("k"))).containsExactly("[a,1,1]", "[b,2,2]");
        assertThat(rows(l.join(l, l.col("k").equalTo(l.col("k"))).limit(9))).containsExactlyInAnyOrder("[a,1,a,1]",
                "[b,2,b,2]");
        assertThat(l.join(l).count()).isEqualTo(4);
        Dataset<Row> few = l.filter("v > 1");
        assertThat(rows(l.join(few, l.col("k").equalTo(few.col("k"))))).containsExactly("[b,2,b,2]");
        assertThat(rows(l.alias("a").join(few.alias("b"), expr("a.k = b.k")).select("a.v", "b.k")))
                .containsExactly("[2,b]");
    }

    @Test
    @DisplayName("means neither side of a join of a dataset with itself")
    void selfJoinIsAmbiguous() {
        Dataset<Row> both = l.join(l, "k");
        assertThatThrownBy(() -> both.select(l.col("v"))).hasMessageContainingAll("'v' is ambiguous", "alias",
                "THW-1105");
        assertThatThrownBy(() -> both.distinct().select(l.col("v"))).hasMessageContaining("THW-1105");
    }

    @Test
    @DisplayName("means the dataset itself where it is joined with what was made of it")
    void ofTheDatasetItself() {
        Dataset<Row> best = l.groupBy("k").agg(sum("v").as("best"));
        assertThat(rows(l.join(best, l.col("k").equalTo(best.col("k"))).filter(l.col("k").equalTo("a"))
                .select(l.col("v"), best.col("best")))).containsExactly("[1,1]");
    }

    @Test
    @DisplayName("is shown by its name alone, also inside what is computed of it")
    void isShown() {
        assertThat(j.agg(sum(r.col("v"))).columns()).containsExactly("sum(v)");
        assertThat(j.distinct().agg(sum(r.col("v"))).columns()).containsExactly("sum(v)");
        assertThat(j.select(l.col("V"), r.col("v").plus(1)).columns()).containsExactly("V", "(v + 1)");
    }
}
