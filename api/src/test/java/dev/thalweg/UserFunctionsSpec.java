package dev.thalweg;

import static dev.thalweg.functions.col;
import static dev.thalweg.functions.lit;
import static dev.thalweg.functions.udaf;
import static dev.thalweg.functions.udf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.api.java.UDF0;
import dev.thalweg.api.java.UDF1;
import dev.thalweg.api.java.UDF2;
import dev.thalweg.api.java.UDF3;
import dev.thalweg.expressions.Aggregator;
import dev.thalweg.expressions.UserDefinedFunction;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.types.DataTypes;
import dev.thalweg.types.StructType;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A function of the program")
final class UserFunctionsSpec {
    private final ThalwegSession session = ThalwegSession.builder().config("thalweg.sql.session.timeZone", "UTC")
            .create();

    @AfterEach
    void close() {
        session.close();
    }

    private List<String> rows(String sql) {
        return rows(session.sql(sql));
    }

    private static List<String> rows(Dataset<Row> dataset) {
        return dataset.collectAsList().stream().map(Row::toString).toList();
    }

    @Test
    @DisplayName("is called by its name in SQL, whatever the case, and by apply on columns")
    void byNameAndByApply() {
        UserDefinedFunction area = session.udf().register("area", (UDF2<Integer, Integer, Integer>) (a, b) -> a * b,
                DataTypes.IntegerType);
        assertThat(rows("SELECT AREA(3, x) FROM VALUES (4), (5) AS t(x)")).containsExactly("[12]", "[15]");
        Dataset<Row> numbers = session.sql("SELECT * FROM VALUES (4), (5) AS t(x)");
        assertThat(rows(numbers.select(area.apply(col("x"), col("x"))))).containsExactly("[16]", "[25]");
        assertThat(rows(numbers.select(functions.call_udf("area", col("x"), lit(10))))).containsExactly("[40]", "[50]");
        assertThat(numbers.select(area.apply(col("x"), lit(2))).columns()).containsExactly("area(x, 2)");
    }

    @Test
    @DisplayName("needs no name, and two without one are two, also where rows are grouped by one of them")
    void withoutName() {
        UserDefinedFunction twice = udf((Integer n) -> n * 2, DataTypes.IntegerType);
        UserDefinedFunction thrice = udf((Integer n) -> n * 3, DataTypes.IntegerType);
        Dataset<Row> numbers = session.sql("SELECT * FROM VALUES (4), (5) AS t(x)");
        assertThat(rows(numbers.select(twice.apply(col("x")), thrice.apply(col("x"))))).containsExactly("[8,12]",
                "[10,15]");
        assertThat(rows(numbers.groupBy(twice.apply(col("x"))).agg(functions.max(thrice.apply(col("x"))))))
                .containsExactlyInAnyOrder("[8,12]", "[10,15]");
        assertThat(numbers.select(twice.apply(col("x"))).columns()).containsExactly("UDF(x)");
        assertThat(numbers.select(twice.withName("twice").apply(col("x"))).columns()).containsExactly("twice(x)");
    }

    @Test
    @DisplayName("is handed what a row shows, and NULL as null")
    void argumentsAsRowsShowThem() {
        session.udf().register("classes",
                (UDF3<Object, Object, Object, String>) (a, b, c) -> name(a) + name(b) + name(c),
                DataTypes.StringType);
        assertThat(rows("SELECT classes(1Y, 2L, 1.5), classes(DATE '2026-01-01', TIMESTAMP '2026-01-01', NULL),"
                + " classes(array(1), map(1, 2), struct(1)), classes(X'01', 'a', true)"))
                .containsExactly("[Byte Long BigDecimal ,Date Timestamp null ,List Map Row ,byte[] String Boolean ]");
        session.udf().register("field", (UDF1<Row, Integer>) row -> row.getInt(row.fieldIndex("b")),
                DataTypes.IntegerType);
        assertThat(rows("SELECT field(named_struct('a', 1, 'b', 2))")).containsExactly("[2]");
    }

    private static String name(Object value) {
        return switch (value) {
            case null -> "null ";
            case List<?> _ -> "List ";
            case Map<?, ?> _ -> "Map ";
            case Row _ -> "Row ";
            default -> value.getClass().getSimpleName() + " ";
        };
    }

    @Test
    @DisplayName("gives values of any type")
    void resultsOfAnyType() {
        session.udf().register("pair", (UDF1<String, Row>) s -> RowFactory.create(s, s.length()),
                StructType.fromDDL("word STRING, n INT"));
        session.udf().register("letters", (UDF1<String, List<String>>) s -> List.of(s.split("")),
                DataTypes.createArrayType(DataTypes.StringType));
        assertThat(rows("SELECT pair(w).n, letters(w)[1], pair(w) FROM VALUES ('ab'), ('c d') AS t(w)"))
                .containsExactly("[2,b,[ab,2]]", "[3, ,[c d,3]]");
        assertThat(rows("SELECT explode(letters('ab'))")).containsExactly("[a]", "[b]");
        assertThat(rows("SELECT transform(letters('ab'), x -> pair(x).n)")).containsExactly("[[1, 1]]");
    }

    @Test
    @DisplayName("stands wherever an expression does")
    void anywhere() {
        session.udf().register("odd", (UDF1<Integer, Boolean>) n -> n != null && n % 2 == 1, DataTypes.BooleanType);
        assertThat(rows("""
                SELECT odd(x), count(*) FROM VALUES (1), (2), (3), (NULL) AS t(x) WHERE odd(x) OR x IS NULL OR x = 2
                GROUP BY odd(x) HAVING count(*) > 0 ORDER BY odd(x)""")).containsExactly("[false,2]", "[true,2]");
        assertThat(rows("SELECT a.x, b.x FROM VALUES (1), (2) AS a(x) JOIN VALUES (3), (4) AS b(x) ON odd(a.x + b.x)"))
                .containsExactlyInAnyOrder("[1,4]", "[2,3]");
    }

    @Test
    @DisplayName("that throws is named, with what it was given")
    void throwing() {
        session.udf().register("broken", (UDF1<Integer, Integer>) n -> 1 / n, DataTypes.IntegerType);
        assertThatThrownBy(() -> rows("SELECT broken(x) FROM VALUES (1), (0) AS t(x)")).isInstanceOf(InvalidQuery.class)
                .hasMessageContaining("THW-4280").hasMessageContaining("'broken'").hasMessageContaining("(0)")
                .hasMessageContaining("/ by zero");
        assertThatThrownBy(() -> rows("SELECT broken(1L)")).hasMessageContaining("THW-4280")
                .hasMessageContaining("java.lang.Long cannot be cast").hasMessageContaining("as they are");
    }

    @Test
    @DisplayName("that breaks what it was declared as is told so")
    @SuppressWarnings("NullAway") // a program need not know of it
    void broken() {
        session.udf().register("wrong", (UDF0<Object>) () -> "text", DataTypes.IntegerType);
        assertThatThrownBy(() -> rows("SELECT wrong()")).hasMessageContaining("THW-4284").hasMessageContaining("INT");
        session.udf().register("nothing", udf((Integer n) -> null, DataTypes.IntegerType).asNonNullable());
        assertThatThrownBy(() -> rows("SELECT nothing(1)")).hasMessageContaining("THW-4281");
        assertThatThrownBy(() -> rows("SELECT nothing(1, 2)")).hasMessageContaining("THW-1201");
    }

    @Test
    @DisplayName("that is not registered is asked for, and SQL's own names are not given away")
    void names() {
        assertThatThrownBy(() -> rows("SELECT missing_one(1)")).hasMessageContaining("THW-1106")
                .hasMessageContaining("register(\"missing_one\"");
        assertThatThrownBy(() -> session.udf().register("upper", udf((String s) -> s, DataTypes.StringType)))
                .hasMessageContaining("THW-1265");
        session.udf().register("mine", udf((String s) -> s, DataTypes.StringType));
        assertThat(rows("SHOW FUNCTIONS")).contains("[mine]");
        assertThat(rows("DESCRIBE FUNCTION mine").toString()).contains("mine(ANY) : STRING");
    }

    @Test
    @DisplayName("that is not deterministic is called anew for each row, and once for a row")
    void nonDeterministic() {
        AtomicLong calls = new AtomicLong();
        session.udf().register("next", udf(() -> calls.incrementAndGet(), DataTypes.LongType).asNondeterministic());
        assertThat(rows("SELECT count(DISTINCT n), max(n) FROM (SELECT next() AS n FROM VALUES (1), (2), (3) AS t(x))"))
                .containsExactly("[3,3]");
        assertThatThrownBy(() -> rows("SELECT next() BETWEEN 1 AND 2")).hasMessageContaining("THW-1120");
    }

    @Test
    @DisplayName("may be an expression of SQL, which looks at no other rows")
    void expressions() {
        session.sql("CREATE FUNCTION square(x DOUBLE) RETURN x * x");
        assertThat(rows("SELECT square(3), square('2')")).containsExactly("[9.0,4.0]");
        assertThat(rows(session.sql("SELECT 5 AS n").select(functions.call_udf("square", col("n"))))).containsExactly(
                "[25.0]");
        assertThatThrownBy(() -> session.sql("CREATE FUNCTION square(x INT) RETURN x"))
                .hasMessageContaining("THW-1269");
        assertThatThrownBy(() -> session.sql("CREATE FUNCTION upper(x INT) RETURN x")).hasMessageContaining("THW-1265");
        assertThatThrownBy(() -> session.sql("CREATE FUNCTION f(x INT) RETURN x + y")).hasMessageContaining("THW-1104");
        assertThatThrownBy(() -> session.sql("CREATE FUNCTION f(x INT) RETURN sum(x)"))
                .hasMessageContaining("THW-1268");
        assertThatThrownBy(() -> session.sql("CREATE FUNCTION f(x INT) RETURN (SELECT x)"))
                .hasMessageContaining("THW-1268");
        assertThatThrownBy(() -> rows("SELECT square(rand())")).hasMessageContaining("THW-1120");
        assertThatThrownBy(() -> rows("SELECT square()")).hasMessageContaining("THW-1201");
        session.sql("DROP FUNCTION square");
        assertThatThrownBy(() -> rows("SELECT square(1)")).hasMessageContaining("THW-1106");
        assertThatThrownBy(() -> session.sql("DROP FUNCTION square")).hasMessageContaining("THW-1106");
    }

    /// The mean, by a bean for a buffer, as Spark's documentation writes it.
    public static final class MyAverage extends Aggregator<Long, MyAverage.Average, Double> {
        private static final long serialVersionUID = 1L;

        public static final class Average implements Serializable {
            private static final long serialVersionUID = 1L;
            private long sum;
            private long count;

            public long getSum() {
                return sum;
            }

            public void setSum(long sum) {
                this.sum = sum;
            }

            public long getCount() {
                return count;
            }

            public void setCount(long count) {
                this.count = count;
            }
        }

        @Override
        public Average zero() {
            return new Average();
        }

        @Override
        public Average reduce(Average buffer, Long value) {
            if (value != null) {
                buffer.sum += value;
                buffer.count++;
            }
            return buffer;
        }

        @Override
        public Average merge(Average first, Average second) {
            first.sum += second.sum;
            first.count += second.count;
            return first;
        }

        @Override
        @SuppressWarnings("NullAway") // a program need not know of it
        public Double finish(Average buffer) {
            return buffer.count == 0 ? null : (double) buffer.sum / buffer.count;
        }

        @Override
        public Encoder<Average> bufferEncoder() {
            return Encoders.bean(Average.class);
        }

        @Override
        public Encoder<Double> outputEncoder() {
            return Encoders.DOUBLE();
        }
    }

    @Test
    @DisplayName("may be an aggregate, of groups, of all rows and of none")
    void aggregate() {
        UserDefinedFunction average = session.udf().register("my_average", udaf(new MyAverage(), Encoders.LONG()));
        assertThat(rows("SELECT k, my_average(x) FROM VALUES ('a', 1), ('a', 4), ('b', NULL) AS t(k, x) GROUP BY k"))
                .containsExactlyInAnyOrder("[a,2.5]", "[b,null]");
        assertThat(rows("SELECT my_average(x), my_average(DISTINCT x), my_average(x) FILTER (WHERE x > 1)"
                + " FROM VALUES (1), (1), (4) AS t(x)")).containsExactly("[2.0,2.5,4.0]");
        assertThat(rows("SELECT my_average(x) FROM VALUES (1) AS t(x) WHERE x > 1")).containsExactly("[null]");
        Dataset<Row> numbers = session.sql("SELECT * FROM VALUES ('a', 1L), ('a', 2L) AS t(k, x)");
        assertThat(rows(numbers.groupBy("k").agg(average.apply(col("x")).as("m")))).containsExactly("[a,1.5]");
        assertThat(rows(numbers.agg(udaf(new MyAverage(), Encoders.LONG()).apply(col("x"))))).containsExactly("[1.5]");
        assertThat(numbers.agg(udaf(new MyAverage(), Encoders.LONG()).apply(col("x"))).columns())
                .containsExactly("MyAverage(x)");
        assertThat(rows("SELECT x, my_average(x) OVER (ORDER BY x ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)"
                + " FROM VALUES (1), (3), (NULL), (8) AS t(x)")).containsExactlyInAnyOrder("[null,null]", "[1,1.0]",
                        "[3,2.0]", "[8,5.5]");
        assertThatThrownBy(() -> rows("SELECT my_average('x', 1)")).hasMessageContaining("THW-1201");
        assertThatThrownBy(() -> rows("SELECT my_average(2.5D)")).hasMessageContaining("THW-1201")
                .hasMessageContaining("BIGINT");
    }
}
