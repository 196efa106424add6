package dev.thalweg;

import static dev.thalweg.functions.avg;
import static dev.thalweg.functions.col;
import static dev.thalweg.functions.count;
import static dev.thalweg.functions.countDistinct;
import static dev.thalweg.functions.expr;
import static dev.thalweg.functions.lit;
import static dev.thalweg.functions.sum;
import static dev.thalweg.functions.upper;
import static dev.thalweg.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.types.DataTypes;
import dev.thalweg.types.StructType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A bounded dataset")
final class DatasetSpec {
    private final StringBuilder shown = new StringBuilder();
    private final ThalwegSession session = ThalwegSession.builder().output(shown::append).create();
    private final Dataset<Row> people = session.createDataFrame(
            List.of(RowFactory.create("ann", 30, "berlin"), RowFactory.create("bob", 20, "paris"),
                    RowFactory.create("cid", 40, "berlin"), RowFactory.create("dan", null, null)),
            new StructType().add("name", DataTypes.StringType).add("age", DataTypes.IntegerType).add("city",
                    DataTypes.StringType));

    @AfterEach
    void close() {
        session.close();
    }

    private static List<String> rows(Dataset<Row> dataset) {
        return dataset.collectAsList().stream().map(Row::toString).toList();
    }

    @Test
    @DisplayName("selects, computes, filters and renames")
    void selects() {
        assertThat(rows(people.select(upper(col("name")).as("n"), col("age").plus(1)).filter(col("n").notEqual("BOB"))))
                .containsExactly("[ANN,31]", "[CID,41]", "[DAN,null]");
        assertThat(rows(people.where("age > 25").selectExpr("name", "age * 2 AS twice")))
                .containsExactly("[ann,60]", "[cid,80]");
        assertThat(
                people.withColumn("old", col("age").geq(30)).withColumnRenamed("city", "town").drop("name").columns())
                .containsExactly("age", "town", "old");
        assertThat(rows(people.select(when(col("age").lt(25), "young").otherwise("other"), lit(1.5)).limit(2)))
                .containsExactly("[other,1.5]", "[young,1.5]");
    }

    @Test
    @DisplayName("takes a name for a column first, and for one selected before it only where there is none")
    void aliases() {
        assertThat(rows(people.limit(1).select(lit(5).as("age"), lit(1).as("x"), col("age").plus(1), col("x").plus(1))))
                .containsExactly("[5,1,31,2]");
        assertThat(rows(people.limit(1).selectExpr("5 AS age", "1 AS x", "age AS y", "x AS z")))
                .containsExactly("[5,1,30,1]");
    }

    @Test
    @DisplayName("groups and aggregates, also by CUBE and ROLLUP")
    void groups() {
        assertThat(rows(people.groupBy("city").agg(count("*").as("n"), avg("age")).orderBy("city")))
                .containsExactly("[null,1,null]", "[berlin,2,35.0]", "[paris,1,20.0]");
        assertThat(people.groupBy("city").count().columns()).containsExactly("city", "count");
        assertThat(rows(people.agg(sum("age"), countDistinct("city")))).containsExactly("[90,2]");
        assertThat(rows(people.na().drop().rollup("city").count().orderBy(col("city").asc_nulls_last())))
                .containsExactly("[berlin,2]", "[paris,1]", "[null,3]");
        assertThat(people.count()).isEqualTo(4);
    }

    @Test
    @DisplayName("joins by condition, by name, with either side's columns")
    void joins() {
        Dataset<Row> cities = session.createDataFrame(
                List.of(RowFactory.create("berlin", "de"), RowFactory.create("rome", "it")),
                new StructType().add("city", "STRING").add("country", "STRING"));
        assertThat(rows(people.join(cities, "city").select("name", "country").orderBy("name")))
                .containsExactly("[ann,de]", "[cid,de]");
        assertThat(rows(people.join(cities, people.col("city").equalTo(cities.col("city")), "left")
                .select(people.col("name"), cities.col("country")).orderBy("name")))
                .containsExactly("[ann,de]", "[bob,null]", "[cid,de]", "[dan,null]");
        assertThat(rows(people.alias("p").join(cities.alias("c"), expr("p.city = c.city"), "left_anti").select("name")
                .orderBy("name"))).containsExactly("[bob]", "[dan]");
    }

    @Test
    @DisplayName("unites, makes distinct, drops duplicates, fills NULLs, sorts and limits")
    void reshapes() {
        assertThat(people.union(people).distinct().count()).isEqualTo(4);
        assertThat(people.dropDuplicates("city").count()).isEqualTo(3);
        assertThat(rows(people.na().fill(0).na().fill("?").orderBy(col("age").desc(), col("name")).limit(2)))
                .containsExactly("[cid,40,berlin]", "[ann,30,berlin]");
    }

    @Test
    @DisplayName("may have two columns of one name after a join, as in Spark, and still tells them apart by place")
    void repeatsNames() {
        Dataset<Row> cities = session.sql("SELECT * FROM VALUES ('berlin', 'ann') AS v(city, name)");
        Dataset<Row> joined = people.join(cities, people.col("city").equalTo(cities.col("city"))
                .and(people.col("name").equalTo(cities.col("name"))));
        assertThat(joined.columns()).containsExactly("name", "age", "city", "city", "name");
        assertThat(rows(joined.withColumn("twice", col("age").multiply(2)))).containsExactly(
                "[ann,30,berlin,berlin,ann,60]");
        assertThat(joined.orderBy("age").drop("city").columns()).containsExactly("name", "age", "name");
        assertThat(rows(joined.select(cities.col("name"), people.col("age")))).containsExactly("[ann,30]");
    }

    @Test
    @DisplayName("is read from several paths at once")
    void readsSeveralPaths(@TempDir Path directory) throws IOException {
        Path a = Files.writeString(directory.resolve("a.json"), "{\"n\": 1}\n");
        Path b = Files.writeString(directory.resolve("b \"x\".json"), "{\"n\": 2}\n");
        Dataset<Row> both = session.read().schema("n INT").json(a.toString(), b.toString());
        assertThat(rows(both.orderBy("n"))).containsExactly("[1]", "[2]");
        assertThat(rows(session.read().schema("n INT").option("mode", "FAILFAST").json(b.toString())))
                .containsExactly("[2]");
    }

    @Test
    @DisplayName("shows itself as a table, and its schema as a tree")
    void shows() {
        people.show(1);
        people.printSchema();
        assertThat(shown.toString()).isEqualTo("""
                +----+---+------+
                |name|age|  city|
                +----+---+------+
                | ann| 30|berlin|
                +----+---+------+
                only showing top 1 row

                root
                 |-- name: string (nullable = true)
                 |-- age: integer (nullable = true)
                 |-- city: string (nullable = true)

                """);
    }

    @Test
    @DisplayName("names what has no name as SQL does")
    void namesColumns() {
        people.createOrReplaceTempView("people");
        for (String sql : List.of("count(*)", "sum(age)", "count(DISTINCT city)", "array(max(age))[0]",
                "-max(age)", "max(age) IS NULL", "upper(max(city))")) {
            assertThat(people.agg(expr(sql)).columns())
                    .isEqualTo(session.sql("SELECT " + sql + " FROM people").columns());
        }
        assertThat(people.agg(count("*"), functions.array(functions.max("age")).getItem(0)).columns())
                .containsExactly("count(1)", "array(max(age))[0]");
        assertThat(people.select(col("age").cast("string")).columns()).containsExactly("age");
    }

    @Test
    @DisplayName("has Spark's shorthands for several columns at once")
    void shorthands() {
        assertThat(rows(people.limit(1).withColumns(java.util.Map.of("AGE", col("age").plus(1))))).containsExactly(
                "[ann,31,berlin]");
        assertThat(rows(people.withColumns(java.util.Map.of("twice", col("age").multiply(2), "age", lit(0))).limit(1)))
                .containsExactly("[ann,0,berlin,60]");
        assertThat(rows(people.drop(col("age")).drop(people.col("city")).drop(col("nosuch")).limit(1)))
                .containsExactly("[ann]");
        assertThat(rows(people.na().fill(java.util.Map.of("age", 7, "CITY", "?")).filter("name = 'dan'")))
                .containsExactly("[dan,7,?]");
        assertThat(people.na().drop(2).count()).isEqualTo(3);
        assertThat(people.na().drop(1, new String[] {"age", "city"}).count()).isEqualTo(3);
        assertThat(rows(people.cube("city").agg(functions.grouping("city").as("g")).filter("g = 1"))).containsExactly(
                "[null,1]");
        assertThat(people.select(functions.rand(7), functions.randn(7)).columns()).containsExactly("rand(7)",
                "randn(7)");
        assertThat(session.conf().get("spark.nosuch", "mine")).isEqualTo("mine");
    }

    @Test
    @DisplayName("reads a value of a map by its key, as a field, and what grouping_id() says of all keys")
    void readsMapsAndGroupings() {
        assertThat(rows(session.sql("SELECT m.a, m.b, m.s.x, m['a'] = m.a FROM (SELECT map('a', named_struct('x', 1),"
                + " 's', named_struct('x', 2)) AS m)"))).containsExactly(
                        "[[1],null,2,true]");
        people.createOrReplaceTempView("people");
        assertThat(rows(session.sql("SELECT city, name, grouping_id() FROM people WHERE age = 30"
                + " GROUP BY GROUPING SETS ((city), (name), ()) ORDER BY 3"))).containsExactly("[berlin,null,1]",
                        "[null,ann,2]", "[null,null,3]");
    }

    @Test
    @DisplayName("is a view that SQL reads")
    void isAView() {
        people.createOrReplaceTempView("people");
        assertThat(rows(session.sql("SELECT name FROM people WHERE city = 'paris'"))).containsExactly("[bob]");
        assertThat(session.catalog().tableExists("PEOPLE")).isTrue();
        assertThat(session.catalog().dropTempView("people")).isTrue();
    }

    @Test
    @DisplayName("refuses a wrong column when it is named, with the nearest one")
    void refusesUnknownColumns() {
        assertThatThrownBy(() -> people.select("nmae")).hasMessageContaining("'nmae'").hasMessageContaining("'name'");
        assertThatThrownBy(() -> people.col("cty")).hasMessageContaining("Did you mean 'city'?");
        assertThatThrownBy(() -> people.orderBy("cty")).hasMessageStartingWith("""
                Unknown column 'cty' in the dataset.
                Did you mean 'city'? The dataset has: name, age, city.""");
        assertThatThrownBy(() -> people.select("city").distinct().orderBy("age")).hasMessageStartingWith("""
                Unknown column 'age' in the dataset.
                The dataset has: city.""");
        assertThatThrownBy(() -> people.filter("age LIKE 1 +")).hasMessageContaining("THW-1");
    }

    @Test
    @DisplayName("ends when the thread that waits for it is interrupted, and leaves no memory behind")
    void isStoppedByAnInterruption() {
        Dataset<Row> grouped = people.groupBy("city").count();
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(grouped::collectAsList).hasMessageContaining("THW-4026");
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
        assertThat(rows(grouped)).hasSize(3);
    }
}
