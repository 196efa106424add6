package dev.thalweg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.streaming.MemoryStream;
import dev.thalweg.types.DataTypes;
import dev.thalweg.types.Metadata;
import dev.thalweg.types.StructField;
import dev.thalweg.types.StructType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

@DisplayName("A row that a program made")
final class RowValuesSpec {
    private final ThalwegSession session = ThalwegSession.builder().create();

    @AfterEach
    void close() {
        session.close();
    }

    private Dataset<Row> of(String ddl, @Nullable Object... values) {
        return session.createDataFrame(List.of(RowFactory.create(values)), StructType.fromDDL(ddl));
    }

    private static void isRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String... says) {
        assertThatThrownBy(call).isInstanceOf(InvalidQuery.class).hasMessageContainingAll(says);
    }

    @Test
    @DisplayName("may not have NULL in a column that is NOT NULL, nor inside one: who reads it goes by that")
    void keepsNotNull() {
        isRefused(() -> of("a INT NOT NULL, b INT", null, 1), "THW-1215", "Column 'a' is NOT NULL");
        isRefused(() -> of("s STRUCT<x: INT NOT NULL>", RowFactory.create((Object) null)), "THW-1215", "'x'");
        StructType full = new StructType(
                new StructField("l", DataTypes.createArrayType(DataTypes.IntegerType, false), true));
        isRefused(() -> session.createDataFrame(List.of(RowFactory.create(Arrays.asList(1, null))), full), "THW-1215",
                "An element of column 'l'");
        isRefused(() -> of("m MAP<STRING, INT>", Collections.singletonMap(null, 1)), "THW-1215", "A key of column 'm'");
        MemoryStream stream = session.memoryStream("s", StructType.fromDDL("a INT NOT NULL"));
        isRefused(() -> stream.addData(RowFactory.create((Object) null)), "THW-1215");
        assertThat(of("a ARRAY<INT>", (Object) new Integer[] {1, null}).collectAsList().getFirst().getList(0))
                .isEqualTo(Arrays.asList(1, null));
        assertThat(of("a INT NOT NULL, b INT", 1, null).collectAsList()).hasToString("[[1,null]]");
    }

    @Test
    @DisplayName("has its decimals rounded to the column's scale, and is refused where one has too many digits")
    void fitsDecimals() {
        assertThat(of("d DECIMAL(5,2)", new BigDecimal("1.005")).collectAsList()).hasToString("[[1.01]]");
        assertThat(of("d DECIMAL(5,2)", BigInteger.TEN).collectAsList()).hasToString("[[10.00]]");
        for (String tooLarge : List.of("99999.99", "999.995", "-1000")) {
            isRefused(() -> of("d DECIMAL(5,2)", new BigDecimal(tooLarge)), "THW-4002", "Column 'd' is DECIMAL(5,2)",
                    tooLarge);
        }
    }

    @Test
    @DisplayName("is a row")
    void isARow() {
        isRefused(() -> session.createDataFrame(Collections.singletonList(null), StructType.fromDDL("a INT")),
                "THW-1209");
    }

    @Test
    @DisplayName("has columns whose names a schema's own text can tell, whatever letters they have")
    void tellsItsColumns() {
        StructType odd = new StructType().add("from", "STRING").add("a b", "INT").add("x`y", "INT").add("plain", "INT")
                .add("s", StructType.fromDDL("`in ner` INT NOT NULL")).add("l", "ARRAY<STRUCT<`a-b`: INT>>");
        assertThat(StructType.fromDDL(odd.toDDL())).isEqualTo(odd);
        assertThat(odd.toDDL()).contains("plain INT", "`a b` INT");
        StructType named = new StructType().add("Name", "STRUCT<Inner: MAP<STRING, DECIMAL(5,2)>>", false)
                .add(new StructField("n", DataTypes.LongType, true, Metadata.empty()));
        assertThat(named.simpleString()).isEqualTo("struct<Name:struct<Inner:map<string,decimal(5,2)>>,n:bigint>");
        assertThat(named.apply(0).nullable()).isFalse();
        assertThat(session.createDataFrame(List.of(RowFactory.create(7)), new StructType().add("x`y", "INT"))
                .select("`x``y`").collectAsList()).hasToString("[[7]]");
    }
}
