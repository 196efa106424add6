package dev.thalweg;

import static dev.thalweg.functions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.types.StructType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The functions as methods")
final class FunctionsSpec {
    private final ThalwegSession session = ThalwegSession.builder().create();
    private final Dataset<Row> one = session.sql("SELECT array(3, 1, 2) AS l, map('k', 7) AS m, 'xxaxx' AS s, 5 AS n,"
            + " 2D AS d, array(named_struct('a', 1, 'b', 'y')) AS t, true AS yes");

    @AfterEach
    void close() {
        session.close();
    }

    private String value(Column column) {
        return one.select(column).collectAsList().getFirst().toString();
    }

    @Test
    @DisplayName("that make rows of several columns name them as SQL does, or as the program says")
    void makeRows() {
        Dataset<Row> entries = one.select(explode(col("m")));
        assertThat(entries.columns()).containsExactly("key", "value");
        assertThat(entries.collectAsList()).hasToString("[[k,7]]");
        Dataset<Row> places = one.select(col("n"), posexplode(col("l")));
        assertThat(places.columns()).containsExactly("n", "pos", "col");
        assertThat(places.filter("pos = 1").collectAsList()).hasToString("[[5,1,1]]");
        assertThat(one.select(inline(col("t"))).columns()).containsExactly("a", "b");
        assertThat(one.select(explode(col("l"))).columns()).containsExactly("col");
        assertThat(one.select(explode(col("l")).as("x")).columns()).containsExactly("x");
        assertThat(one.select(posexplode(col("l")).as("at", "x")).orderBy("x").collectAsList())
                .hasToString("[[1,1], [2,2], [0,3]]");
        assertThat(one.select(explode(col("m")).as(new String[] {"a", "b"})).columns()).containsExactly("a", "b");
    }

    @Test
    @DisplayName("take Java's lambdas for those of SQL")
    void takeLambdas() {
        assertThat(List.of(value(transform(col("l"), x -> x.plus(col("n")))), value(transform(col("l"), (x, i) -> i)),
                value(filter(col("l"), x -> x.gt(1))), value(filter(col("l"), (x, i) -> x.equalTo(i))),
                value(exists(col("l"), x -> x.equalTo(2))), value(forall(col("l"), x -> x.equalTo(2))),
                value(aggregate(col("l"), lit(0), (sum, x) -> sum.plus(x))),
                value(aggregate(col("l"), lit(0), (sum, x) -> sum.plus(x), sum -> sum.multiply(10))),
                value(reduce(col("l"), lit(1), (product, x) -> product.multiply(x))),
                value(zip_with(col("l"), array(lit("a")), (x, y) -> coalesce(y, x.cast("string")))),
                value(array_sort(col("l"), (x, y) -> y.minus(x))),
                value(transform_keys(col("m"), (k, v) -> upper(k))),
                value(transform_values(col("m"), (k, v) -> v.plus(1))), value(map_filter(col("m"), (k, v) -> v.lt(7))),
                value(map_zip_with(col("m"), col("m"), (k, v, w) -> concat(k, v, w))),
                value(transform(col("t"), s -> s.getField("b"))))).containsExactly("[[8, 6, 7]]", "[[0, 1, 2]]",
                        "[[3, 2]]", "[[1, 2]]", "[true]", "[false]", "[6]", "[60]", "[6]", "[[a, 1, 2]]", "[[3, 2, 1]]",
                        "[{K=7}]", "[{k=8}]", "[{}]", "[{k=k77}]", "[[y]]");
    }

    @Test
    @DisplayName("take lambdas in lambdas, whose parameters are no columns and not each other")
    void takeNestedLambdas() {
        Dataset<Row> named = session.sql("SELECT array(1, 2) AS x, 100 AS x_1, 1000 AS x_2");
        Column nested = transform(col("x"),
                x -> transform(array(lit(10), lit(20)), y -> x.plus(y).plus(col("x_1")).plus(col("x_2"))));
        assertThat(named.select(nested).collectAsList()).hasToString("[[[[1111, 1121], [1112, 1122]]]]");
        assertThat(named.withColumn("k", lit(7)).select("k", "x_1").filter("exists(x, x_2 -> x_2 = k - 5)").count())
                .isEqualTo(1);
        Column inner = filter(col("x"), x -> x.gt(1));
        Column twice = transform(inner, x -> exists(inner, y -> y.equalTo(x)));
        assertThat(named.select(twice, twice).collectAsList()).hasToString("[[[true],[true]]]");
    }

    @Test
    @DisplayName("take constants and names where Spark's do")
    void takeConstants() {
        assertThat(List.of(value(sort_array(col("l"), false)), value(least("n", "d")), value(greatest("n", "d")),
                value(conv(lit("ff"), 16, 10)), value(slice(col("l"), 1, 2)), value(array_position(col("l"), 2)),
                value(array_remove(col("l"), 1)), value(array_repeat(col("n"), 2)), value(shiftleft(col("n"), 1)),
                value(shiftright(col("n"), 1)), value(shiftrightunsigned(col("n"), 1)), value(array("n", "n")),
                value(sqrt("d")), value(pow("d", "n")), value(pow("d", 3)), value(pow(3, col("d"))),
                value(round(atan2(col("d"), 2.0), 2)), value(first("n", true)), value(last("n", true)),
                value(any(col("yes"))))).containsExactly("[[3, 2, 1]]",
                        "[2.0]", "[5.0]", "[255]", "[[3, 1]]", "[3]", "[[3, 2]]", "[[5, 5]]", "[10]", "[2]", "[2]",
                        "[[5, 5]]", "[1.4142135623730951]", "[32.0]", "[8.0]", "[9.0]", "[0.79]", "[5]", "[5]",
                        "[true]");
    }

    @Test
    @DisplayName("are found by name, a column each; a column that is not there is told, also by na() and by a join")
    void byName() {
        assertThat(one.agg(Map.of("n", "max")).collectAsList()).hasToString("[[5]]");
        assertThatThrownBy(() -> one.na().fill(7, new String[] {"nn"})).hasMessageContainingAll("THW-1104", "'nn'");
        assertThat(one.na().fill(false, new String[] {"yes"}).columns()).contains("yes");
        assertThatThrownBy(() -> one.join(one, "kk")).hasMessageContainingAll("THW-1104", "'kk'", "One side has: l, m")
                .hasMessageNotContaining("relation_");
    }

    @Test
    @DisplayName("trim the letters that come second, as Spark's do, although SQL names them first")
    void trimLetters() {
        assertThat(value(trim(col("s"), "x"))).isEqualTo("[a]");
        assertThat(value(trim(col("s"), lit("x")))).isEqualTo("[a]");
        assertThat(value(ltrim(col("s"), "x"))).isEqualTo("[axx]");
        assertThat(value(rtrim(col("s"), "x"))).isEqualTo("[xxa]");
        assertThat(one.selectExpr("trim('x', s)").collectAsList()).hasToString("[[a]]");
    }

    @Test
    @DisplayName("read and write JSON and CSV as Spark's do, with the schema as text or as a type")
    void readJson() {
        StructType schema = StructType.fromDDL("a INT, `b c` ARRAY<STRING>");
        Column json = lit("{\"a\": 1, \"b c\": [\"x\"]}");
        assertThat(List.of(value(from_json(json, schema)), value(from_json(json, "a INT, `b c` ARRAY<STRING>")),
                value(from_json(json, schema, Map.of("mode", "FAILFAST"))),
                value(to_json(from_json(json, schema))), value(schema_of_json("[1]")),
                value(to_csv(named_struct(lit("a"), col("n"), lit("s"), col("s")), Map.of("sep", ";"))),
                value(from_csv(lit("7"), StructType.fromDDL("a INT"), Map.of()).getField("a")),
                value(variant_get(parse_json(lit("{\"a\": 5}")), "$.a", "int")),
                value(luhn_check(lit("79927398713")))))
                .containsExactly("[[1,[x]]]", "[[1,[x]]]", "[[1,[x]]]", "[{\"a\":1,\"b c\":[\"x\"]}]",
                        "[ARRAY<BIGINT>]", "[5;xxaxx]", "[7]", "[5]", "[true]");
        assertThat(one.select(json_tuple(json, "a", "none")).collectAsList()).hasToString("[[1,null]]");
        assertThat(one.select(json_tuple(json, "a", "none")).columns()).containsExactly("c0", "c1");
    }
}
