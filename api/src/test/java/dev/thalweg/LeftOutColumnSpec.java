package dev.thalweg;

import static dev.thalweg.functions.col;
import static dev.thalweg.functions.count;
import static dev.thalweg.functions.expr;
import static dev.thalweg.functions.lit;
import static dev.thalweg.functions.max;
import static dev.thalweg.functions.struct;
import static dev.thalweg.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.types.StructType;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A column that a SELECT left out")
final class LeftOutColumnSpec {
    private final ThalwegSession session = ThalwegSession.builder().create();
    private final Dataset<Row> t = session.createDataFrame(
            List.of(RowFactory.create("a", 3, 30), RowFactory.create("b", 1, 10), RowFactory.create("c", 2, 20)),
            new StructType().add("k", "STRING").add("v", "INT").add("w", "INT"));

    @AfterEach
    void close() {
        session.close();
    }

    private static void are(Dataset<Row> dataset, String... rows) {
        assertThat(dataset.collectAsList().stream().map(Row::toString)).containsExactly(rows);
    }

    @Test
    @DisplayName("can still order the rows, and choose among them")
    void isReached() {
        are(t.select("k").orderBy("v"), "[b]", "[c]", "[a]");
        are(t.select("k").orderBy(col("v").desc()), "[a]", "[c]", "[b]");
        are(t.select("k").filter("v > 1").orderBy("k"), "[a]", "[c]");
        are(t.select("k").where(col("v").gt(1).and(col("k").notEqual("c"))), "[a]");
        are(t.drop("v").filter("v = 2"), "[c,20]");
        are(t.selectExpr("upper(k) AS u", "w").orderBy("v", "u"), "[B,10]", "[C,20]", "[A,30]");
        are(t.withColumnRenamed("v", "x").filter("v = 2"), "[c,2,20]");
        assertThat(t.select("k").filter("v > 1").columns()).containsExactly("k");
    }

    @Test
    @DisplayName("is not meant by a name inside a subquery, which has columns of its own")
    void isNotTakenIntoSubqueries() {
        t.createOrReplaceTempView("q");
        are(t.select("k").filter("v < 100 AND k IN (SELECT k FROM q WHERE v > 1)").orderBy("k"), "[a]", "[c]");
        are(t.select("k").filter("v < 100 AND EXISTS (SELECT 1 FROM q WHERE v > 2)").orderBy("k"), "[a]", "[b]", "[c]");
        are(t.select("k").filter("v < (SELECT max(v) FROM q)").orderBy("k"), "[b]", "[c]");
        are(t.groupBy("k").count().filter("max(v) < (SELECT max(v) FROM q)").orderBy("k"), "[b,1]", "[c,1]");
    }

    @Test
    @DisplayName("is reached through as many SELECTs, filters, orders and limits as there are")
    void isReachedFromAfar() {
        are(t.select("k", "v").select(col("k").as("x")).filter("w > 10").orderBy("v"), "[c]", "[a]");
        are(t.select("k").filter("v > 1").filter("w > 20"), "[a]");
        are(t.select("k").filter("v > 1").filter("v < 3 AND w > 10"), "[c]");
        are(t.select("k").orderBy("v").limit(2).filter("w > 10"), "[c]");
        are(t.orderBy("w").select("k").limit(2).orderBy(col("v").desc()), "[c]", "[b]");
        are(t.select("*").drop("w").select("*").drop("v").orderBy("w"), "[b]", "[c]", "[a]");
        are(t.select("k").filter("v > 1").groupBy().count(), "[2]");
        are(t.select("k").filter("v > 1").select("*").orderBy("k"), "[a]", "[c]");
    }

    @Test
    @DisplayName("is reached by the dataset it was taken from, by the alias of that, and by its fields")
    void isReachedByAnyName() {
        are(t.select("k").filter(t.col("v").gt(2)), "[a]");
        are(t.withColumn("v", lit(0)).filter(t.col("v").equalTo(2)), "[c,0,20]");
        are(t.alias("x").select("k").orderBy(col("x.v")), "[b]", "[c]", "[a]");
        are(t.select(col("k"), struct(col("v"), col("w")).as("s")).select("k").filter("s.w = 20 AND s.v = 2"), "[c]");
        Dataset<Row> r = t.select(col("k"), col("w").plus(1).as("y"));
        are(t.join(r, t.col("k").equalTo(r.col("k"))).select(t.col("k"))
                .filter(r.col("y").gt(11).and(t.col("v").gt(2))),
                "[a]");
        are(t.select("k").filter(expr("k IN (SELECT 'c')").and(col("v").gt(0))), "[c]");
    }

    @Test
    @DisplayName("gives way to a column of that name that is there")
    void givesWay() {
        are(t.select(col("k"), col("w").as("v")).orderBy(col("v").desc()), "[a,30]", "[c,20]", "[b,10]");
        are(t.select(col("k"), lit(5).as("v")).filter("v = 5 AND w = 20"), "[c,5]");
    }

    @Test
    @DisplayName("is gone behind DISTINCT, an aggregate and an alias, as in Spark, and never becomes a column of its own")
    void isGone() {
        for (Dataset<Row> without : List.of(t.select("k").distinct(), t.groupBy("k").agg(sum("w")), t.select(sum("w")),
                t.select("k").alias("x"), t.select("k").union(t.select("k")))) {
            assertThatThrownBy(() -> without.filter("v > 1")).hasMessageContainingAll("'v'", "THW-1104");
            assertThatThrownBy(() -> without.orderBy("v")).hasMessageContainingAll("'v'", "THW-1104");
        }
        assertThatThrownBy(() -> t.select("k").select("v")).hasMessageContaining("THW-1104");
        assertThatThrownBy(() -> t.select("k").filter("v > 1").select("v")).hasMessageContaining("THW-1104");
        assertThatThrownBy(() -> t.select("k").orderBy("nosuch")).hasMessageContainingAll("Unknown column 'nosuch'",
                "THW-1104");
    }

    @Test
    @DisplayName("is reached in a grouped dataset where it is a key, or inside an aggregate")
    void isReachedOfGroups() {
        Dataset<Row> sums = t.union(t.filter("k = 'c'")).groupBy("k").agg(sum("v").as("s"));
        are(sums.filter(max("w").equalTo(20)), "[c,4]");
        are(sums.filter(max("w").gt(10).and(col("s").gt(3))), "[c,4]");
        are(sums.orderBy(count("*").desc(), max("v").desc()), "[c,4]", "[a,3]", "[b,1]");
        are(sums.filter("s < 4").orderBy(max("w")), "[b,1]", "[a,3]");
        assertThat(sums.filter(max("w").equalTo(20)).columns()).containsExactly("k", "s");
        assertThatThrownBy(() -> sums.filter(max("nosuch").gt(1))).hasMessageContainingAll("'nosuch'", "THW-1104");
        assertThatThrownBy(() -> t.select("k").filter(max("v").gt(1))).hasMessageContaining("THW-");
        are(t.groupBy("k").agg(sum("v").as("s")).select("s").orderBy("k"), "[3]", "[1]", "[2]");
        are(t.groupBy("k").agg(sum("v").as("s"), sum("w").as("z")).select("k").filter("s > 1 AND z < 30"), "[c]");
    }
}
