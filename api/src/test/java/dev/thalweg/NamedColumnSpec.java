package dev.thalweg;

import static dev.thalweg.functions.col;
import static dev.thalweg.functions.expr;
import static dev.thalweg.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.types.StructType;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A program's columns")
final class NamedColumnSpec {
    private final ThalwegSession session = ThalwegSession.builder().create();
    private final Dataset<Row> rows = session.createDataFrame(
            List.of(RowFactory.create("7", 1), RowFactory.create("8", 2)),
            StructType.fromDDL("k STRING, v INT"));

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    @DisplayName("may be written in SQL with their alias")
    void haveAnAlias() {
        Dataset<Row> named = rows.select(expr("v + 1 AS w"), expr("upper(k) u"), expr("v"));
        assertThat(named.columns()).containsExactly("w", "u", "v");
        assertThat(named.collectAsList().getFirst()).isEqualTo(RowFactory.create(2, "7", 1));
        assertThat(rows.groupBy(expr("v % 2 AS odd")).agg(expr("sum(v) AS total")).columns()).containsExactly("odd",
                "total");
        assertThat(rows.filter(expr("v > 1 AS big")).count()).isEqualTo(1);
        assertThat(rows.select(expr("v AS w").plus(1)).collectAsList()).contains(RowFactory.create(3));
    }

    @Test
    @DisplayName("that hold strings are told apart from numbers where they are summed by name")
    void areNumbersWhereSummed() {
        assertThatThrownBy(() -> rows.groupBy().sum("k")).hasMessage("""
                sum("k") takes a number, but column 'k' is a STRING. Make one of it: agg(sum(col("k").cast("double"))).\
                  [THW-1201]""");
        assertThatThrownBy(() -> rows.groupBy("v").avg("K")).hasMessageContaining("THW-1201");
        assertThat(rows.groupBy().agg(sum(col("k").cast("double"))).first()).isEqualTo(RowFactory.create(15.0));
        assertThat(rows.groupBy().sum("v").first()).isEqualTo(RowFactory.create(3L));
        assertThat(rows.groupBy().max("k").first()).isEqualTo(RowFactory.create("8"));
    }

    @Test
    @DisplayName("may bear any word, and be ordered by what holds others")
    void bearAnyWord() {
        StructType schema = StructType.fromDDL("when TIMESTAMP, from STRING, select INT NOT NULL");
        assertThat(schema.fieldNames()).containsExactly("when", "from", "select");
        assertThat(rows.orderBy(functions.struct(col("v"), col("k")).desc()).first())
                .isEqualTo(RowFactory.create("8", 2));
    }
}
