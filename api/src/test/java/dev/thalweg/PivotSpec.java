package dev.thalweg;

import static dev.thalweg.functions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A grouped dataset")
final class PivotSpec {
    private final ThalwegSession session = ThalwegSession.builder().create();
    private final Dataset<Row> sales = session.sql("SELECT * FROM VALUES (2025, 'SQL', 10D), (2025, 'Java', 20D),"
            + " (2026, 'SQL', 30D), (2026, 'SQL', 5D) AS sales(year, course, earned)");

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    @DisplayName("makes columns of the values it is told")
    void pivots() {
        Dataset<Row> wide = sales.groupBy("year").pivot("course", List.of("SQL", "Java")).sum("earned").orderBy("year");
        assertThat(wide.columns()).containsExactly("year", "SQL", "Java");
        assertThat(wide.collectAsList()).hasToString("[[2025,10.0,20.0], [2026,35.0,null]]");
        Dataset<Row> two = sales.groupBy(col("year")).pivot(col("course"), List.of("SQL"))
                .agg(max_by(col("course"), col("earned")).as("top"), count(lit(1))).orderBy("year");
        assertThat(two.columns()).containsExactly("year", "SQL_top", "SQL_count(1)");
        assertThat(two.collectAsList()).hasToString("[[2025,SQL,1], [2026,SQL,2]]");
        assertThatThrownBy(() -> sales.groupBy("year").pivot("course", List.of()))
                .hasMessageContaining("THW-3265");
    }

    @Test
    @DisplayName("takes the aggregates that read pairs, orders and shares")
    void aggregates() {
        assertThat(sales.agg(median(col("earned")), percentile(col("earned"), lit(0.25)),
                percentile_approx(col("earned"), array(lit(0.0), lit(1.0)), lit(100)), mode(col("year")),
                min_by(col("course"), col("earned")), listagg(col("course"), lit("|")), approx_count_distinct("course"),
                regr_count(col("earned"), col("year")), round(covar_pop("year", "earned"), 6), bit_or(col("year")),
                hll_sketch_estimate(hll_sketch_agg(col("course"), 10))).collectAsList())
                .hasToString("[[15.0,8.75,[5.0, 30.0],2025,SQL,SQL|Java|SQL|SQL,2,4,0.625,2027,2]]");
    }
}
