package dev.thalweg.planner.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.parser.tree.FunctionCalls;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The function registry")
final class FunctionRegistryTest {
    private final FunctionRegistry functions = FunctionRegistry.load();

    @Test
    @DisplayName("knows scalars, aggregates and generators under all their names")
    void knows() {
        assertThat(functions.names()).hasSizeGreaterThan(250).isSorted()
                .contains("upper", "ucase", "sum", "mean", "explode", "window", "grouping", "row_number");
        assertThat(functions.isAggregate(FunctionCalls.of("MEAN", SqlParserPos.ZERO))).isTrue();
        assertThat(functions.isGenerator("posexplode_outer")).isTrue();
    }

    @Test
    @DisplayName("shows how a function is called")
    void describes() {
        assertThat(functions.describe("Substring"))
                .containsExactly("substring(STRING, INT, [INT]) : STRING", "substring(BINARY, INT, [INT]) : BINARY");
        assertThat(functions.describe("map_entries"))
                .containsExactly("map_entries(MAP<K, V>) : ARRAY<STRUCT<key: K, value: V>>");
        assertThatThrownBy(() -> functions.describe("uper"))
                .hasMessage(
                        "Unknown function 'uper'.\nDid you mean 'upper'? It is upper(STRING) : STRING.  [THW-1106]");
    }
}
