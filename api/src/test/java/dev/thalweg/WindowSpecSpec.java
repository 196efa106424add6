package dev.thalweg;

import static dev.thalweg.functions.col;
import static dev.thalweg.functions.lag;
import static dev.thalweg.functions.row_number;
import static dev.thalweg.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.expressions.Window;
import dev.thalweg.expressions.WindowSpec;
import dev.thalweg.streaming.StreamingQuery;
import dev.thalweg.types.StructType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A window of a program")
final class WindowSpecSpec {
    private final ThalwegSession session = ThalwegSession.builder().create();
    private final Dataset<Row> rows = session.createDataFrame(List.of(RowFactory.create("a", 1),
            RowFactory.create("a", 2), RowFactory.create("a", 4), RowFactory.create("b", 3)),
            StructType.fromDDL("k STRING, v INT"));

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    @DisplayName("is not needed to have a stream's whole result in order: complete mode hands it over as ORDER BY says")
    void ordersCompleteResults() throws Exception {
        session.sql("CREATE STREAM s (k STRING, v INT) USING memory");
        session.sql("INSERT INTO s VALUES ('a', 1), ('b', 5), ('c', 3), ('a', 3), ('d', NULL)");
        List<Row> handedOver = new ArrayList<>();
        StreamingQuery query = session.sql("SELECT k, sum(v) AS t FROM STREAM s GROUP BY k ORDER BY t DESC")
                .writeStream()
                .outputMode("complete")
                .foreachBatch((result, trigger) -> handedOver.addAll(result.collectAsList())).start();
        query.processAllAvailable();
        query.stop();
        assertThat(handedOver).containsExactly(RowFactory.create("b", 5L), RowFactory.create("a", 4L),
                RowFactory.create("c", 3L), RowFactory.create("d", null));
    }

    @Test
    @DisplayName("says which rows meet, their order, and which of them a function sees")
    void serves() {
        WindowSpec byValue = Window.partitionBy("k").orderBy(col("v").desc());
        assertThat(rows.withColumn("r", row_number().over(byValue)).filter(col("r").equalTo(1)).drop("r").orderBy("k")
                .collectAsList()).containsExactly(RowFactory.create("a", 4), RowFactory.create("b", 3));
        assertThat(rows.select(col("v"), sum(col("v")).over(Window.orderBy("v").rowsBetween(-1, Window.currentRow)),
                sum("v").over(Window.orderBy("v").rangeBetween(Window.unboundedPreceding, 1)), sum("v").over(),
                lag("v", 1, 0).over(Window.orderBy("v"))).orderBy("v").collectAsList()).containsExactly(
                        RowFactory.create(1, 1L, 3L, 10L, 0), RowFactory.create(2, 3L, 6L, 10L, 1),
                        RowFactory.create(3, 5L, 10L, 10L, 2), RowFactory.create(4, 7L, 10L, 10L, 3));
    }
}
