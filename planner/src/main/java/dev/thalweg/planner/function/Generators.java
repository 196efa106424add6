package dev.thalweg.planner.function;

import static dev.thalweg.spi.data.DataType.Simple.BIGINT;
import static dev.thalweg.spi.data.DataType.Simple.INT;
import static dev.thalweg.spi.data.DataType.Simple.STRING;
import static dev.thalweg.spi.data.DataType.Simple.VOID;

import dev.thalweg.planner.type.TypeRules;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.parser.SqlParserPos;

/// The functions that make rows: `explode` and its kin. The `_outer` ones give one row of NULLs for nothing.
final class Generators {
    private final Map<String, EngineGenerator> byName = new HashMap<>();
    private final Map<String, String> signatures = new HashMap<>();

    Generators() {
        for (String suffix : List.of("", "_outer")) {
            boolean outer = !suffix.isEmpty();
            add("explode" + suffix, "(ARRAY<T>) : col T, or (MAP<K, V>) : key K, value V", outer, false);
            add("posexplode" + suffix, "(ARRAY<T>) : pos INT, col T, or (MAP<K, V>) : pos INT, key K, value V", outer,
                    true);
            String inline = "inline" + suffix;
            byName.put(inline, new EngineGenerator(inline, arguments -> inline(inline, arguments, outer)));
            signatures.put(inline, "(ARRAY<STRUCT<…>>) : the fields of the struct");
            String variant = "variant_explode" + suffix;
            byName.put(variant, new EngineGenerator(variant, arguments -> variantExplode(variant, arguments, outer)));
            signatures.put(variant, "(VARIANT) : pos INT, key STRING, value VARIANT");
        }
        byName.put("stack", new EngineGenerator("stack", Generators::stack));
        signatures.put("stack", "(rows INT, ANY...) : col0, col1, …");
        addRange();
        byName.put("json_tuple", new EngineGenerator("json_tuple", Generators::jsonTuple));
        signatures.put("json_tuple", "(json STRING, name STRING, name STRING...) : c0 STRING, c1 STRING, …");
    }

    private void addRange() {
        byName.put("range", new EngineGenerator("range", Generators::range));
        signatures.put("range", "(end BIGINT), or (start BIGINT, end BIGINT, [step BIGINT]) : id BIGINT");
    }

    Map<String, EngineGenerator> byName() {
        return byName;
    }

    Map<String, String> signatures() {
        return signatures;
    }

    private void add(String name, String signature, boolean outer, boolean position) {
        byName.put(name, new EngineGenerator(name, arguments -> explode(name, arguments, outer, position)));
        signatures.put(name, signature);
    }

    private static Binding explode(String name, List<Argument> arguments, boolean outer, boolean position) {
        List<Field> fields = new ArrayList<>();
        if (position) {
            fields.add(new Field("pos", INT, outer));
        }
        DataType type = arguments.size() == 1 ? arguments.getFirst().type() : VOID;
        if (type instanceof DataType.ArrayOf(DataType element, boolean containsNull)) {
            fields.add(new Field("col", element, outer || containsNull));
        } else if (type instanceof DataType.MapOf(DataType key, DataType value, boolean valueContainsNull)) {
            fields.add(new Field("key", key, outer));
            fields.add(new Field("value", value, outer || valueContainsNull));
        } else if (arguments.size() == 1 && type == VOID) {
            fields.add(new Field("col", VOID, true));
        } else {
            throw misfit(name, arguments, "an ARRAY or a MAP");
        }
        return rows(name, arguments, fields);
    }

    private static Binding inline(String name, List<Argument> arguments, boolean outer) {
        if (arguments.size() == 1 && arguments.getFirst()
                .type() instanceof DataType.ArrayOf(DataType.Struct(RowType row), boolean containsNull)) {
            return rows(name, arguments, row.fields().stream().map(
                    field -> new Field(field.name(), field.type(), field.nullable() || outer || containsNull))
                    .toList());
        }
        throw misfit(name, arguments, "an ARRAY of STRUCTs");
    }

    private static Binding stack(List<Argument> arguments) {
        if (arguments.size() < 2 || arguments.getFirst().literal().isEmpty()
                || !(arguments.getFirst().literal().get() instanceof BigDecimal number) || number.intValue() < 1) {
            throw new QueryProblem("THW-1201", "The first argument of 'stack' must be the number of rows, a constant.",
                    SqlParserPos.ZERO, "Such as stack(2, 'a', 1, 'b', 2).");
        }
        int rows = number.intValue();
        int columns = Math.ceilDiv(arguments.size() - 1, rows);
        List<Field> fields = new ArrayList<>();
        List<DataType> casts = new ArrayList<>(arguments.stream().map(Argument::type).toList());
        for (int column = 0; column < columns; column++) {
            DataType common = VOID;
            boolean nullable = (long) rows * columns > arguments.size() - 1L;
            for (int i = 1 + column; i < arguments.size(); i += columns) {
                DataType before = common;
                DataType next = arguments.get(i).type();
                common = TypeRules.leastCommon(before, next).orElseThrow(() -> new QueryProblem("THW-1203",
                        "A column of stack has no common type: " + before.sql() + " and " + next.sql() + ".",
                        SqlParserPos.ZERO, "CAST one of them."));
                nullable |= arguments.get(i).nullable();
            }
            for (int i = 1 + column; i < arguments.size(); i += columns) {
                casts.set(i, common);
            }
            fields.add(new Field("col" + column, common, nullable));
        }
        return new Binding("stack", casts, new DataType.Struct(new RowType(fields)), false);
    }

    private static Binding variantExplode(String name, List<Argument> arguments, boolean outer) {
        if (arguments.size() != 1 || !(arguments.getFirst().type() instanceof DataType.Struct variant)
                || !variant.isVariant()) {
            throw misfit(name, arguments, "a VARIANT, such as parse_json(text)");
        }
        return rows(name, arguments, List.of(new Field("pos", INT, outer), new Field("key", STRING, true),
                new Field("value", DataType.Struct.VARIANT, outer)));
    }

    private static Binding range(List<Argument> arguments) {
        if (arguments.isEmpty() || arguments.size() > 3
                || arguments.stream().anyMatch(each -> !each.type().isInteger())) {
            throw misfit("range", arguments, "whole numbers: range(end), or range(start, end, [step])");
        }
        return new Binding("range", arguments.stream().<DataType>map(_ -> BIGINT).toList(),
                new DataType.Struct(RowType.of(new Field("id", BIGINT, false))), false);
    }

    private static Binding jsonTuple(List<Argument> arguments) {
        if (arguments.size() < 2 || arguments.stream().anyMatch(each -> each.type().isNested())) {
            throw misfit("json_tuple", arguments, "a JSON text and names, such as json_tuple(text, 'a', 'b')");
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 1; i < arguments.size(); i++) {
            fields.add(new Field("c" + (i - 1), STRING, true));
        }
        return new Binding("json_tuple", arguments.stream().<DataType>map(_ -> STRING).toList(),
                new DataType.Struct(new RowType(fields)), false);
    }

    private static Binding rows(String name, List<Argument> arguments, List<Field> fields) {
        return new Binding(name, arguments.stream().map(Argument::type).toList(),
                new DataType.Struct(new RowType(fields)), false);
    }

    private static QueryProblem misfit(String name, List<Argument> arguments, String takes) {
        String given = String.join(", ", arguments.stream().map(argument -> argument.type().sql()).toList());
        return new QueryProblem("THW-1201", "Function '" + name + "' does not take (" + given + ").", SqlParserPos.ZERO,
                "It takes " + takes + ".");
    }
}
