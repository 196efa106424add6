package dev.thalweg.parser;

import dev.thalweg.parser.grammar.ThalwegParser.ArrayTypeContext;
import dev.thalweg.parser.grammar.ThalwegParser.ColumnContext;
import dev.thalweg.parser.grammar.ThalwegParser.DataTypeContext;
import dev.thalweg.parser.grammar.ThalwegParser.IntervalTypeContext;
import dev.thalweg.parser.grammar.ThalwegParser.MapTypeContext;
import dev.thalweg.parser.grammar.ThalwegParser.SimpleTypeContext;
import dev.thalweg.parser.grammar.ThalwegParser.StructFieldContext;
import dev.thalweg.parser.grammar.ThalwegParser.StructTypeContext;
import dev.thalweg.spi.NearNames;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.Defect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.antlr.v4.runtime.tree.TerminalNode;

/// Reads types and lists of columns.
final class TypeBuilder {
    private static final Map<String, DataType> BY_NAME = byName();
    /// Spark's when DECIMAL stands alone.
    private static final DataType.Decimal DECIMAL_BY_DEFAULT = new DataType.Decimal(10, 0);

    private final TreeBuilders builders;

    TypeBuilder(TreeBuilders builders) {
        this.builders = builders;
    }

    RowType columns(List<ColumnContext> columns) {
        List<Field> fields = new ArrayList<>();
        Map<String, ColumnContext> seen = new HashMap<>();
        for (ColumnContext column : columns) {
            String name = TreeBuilders.text(column.anyWord());
            if (seen.put(name.toLowerCase(Locale.ROOT), column) != null) {
                throw builders.error("THW-1004", Positions.of(column.anyWord()),
                        "Column '" + name + "' is there twice",
                        "Rename or remove one of the two; names are compared without case.");
            }
            fields.add(new Field(name, of(column.dataType()), column.NULL() == null));
        }
        return new RowType(fields);
    }

    DataType of(DataTypeContext type) {
        return switch (type) {
            case ArrayTypeContext array -> new DataType.ArrayOf(of(array.dataType()), true);
            case MapTypeContext map -> new DataType.MapOf(of(map.key), of(map.value), true);
            case StructTypeContext struct -> new DataType.Struct(fields(struct.structField()));
            case IntervalTypeContext interval -> interval(interval);
            case SimpleTypeContext simple -> simple(simple);
            default -> throw new Defect("THW-9030", "No type is made of " + type.getClass().getSimpleName());
        };
    }

    /// As [#of], but VARCHAR(n) and CHAR(n) are STRING: so does Spark in a CAST, where it has no column to check.
    DataType castTarget(DataTypeContext type) {
        boolean sized = type instanceof SimpleTypeContext simple
                && isSizedString(TreeBuilders.text(simple.identifier()));
        return sized ? Simple.STRING : timeDigits(type).isPresent() ? Simple.TIME : of(type);
    }

    /// The digits of a second that `TIME(digits)` has, where they are fewer than those of TIME.
    OptionalInt timeDigits(DataTypeContext type) {
        if (!(type instanceof SimpleTypeContext simple) || !isTime(simple) || simple.INTEGER().size() != 1) {
            return OptionalInt.empty();
        }
        String digits = simple.INTEGER(0).getText();
        return digits.matches("[0-5]") ? OptionalInt.of(Integer.parseInt(digits)) : OptionalInt.empty();
    }

    private static boolean isTime(SimpleTypeContext type) {
        return TreeBuilders.text(type.identifier()).equalsIgnoreCase("TIME");
    }

    private RowType fields(List<StructFieldContext> fields) {
        List<Field> list = new ArrayList<>();
        for (StructFieldContext field : fields) {
            list.add(new Field(TreeBuilders.text(field.anyWord()), of(field.dataType()), field.NULL() == null));
        }
        return new RowType(list);
    }

    private DataType interval(IntervalTypeContext interval) {
        IntervalUnit from = IntervalUnit.named(interval.from.getText()).orElseThrow();
        IntervalUnit to = interval.to == null ? from : IntervalUnit.named(interval.to.getText()).orElseThrow();
        boolean known = !to.isLongerThan(from) && from.ofCalendar() == to.ofCalendar()
                && from != IntervalUnit.WEEK && !IntervalUnit.SECOND.isLongerThan(to);
        if (!known) {
            throw builders.error("THW-1005", Positions.of(interval), "There is no type " + words(interval),
                    "Write INTERVAL DAY TO SECOND or INTERVAL YEAR TO MONTH.");
        }
        return from.ofCalendar() ? Simple.INTERVAL_YEAR_MONTH : Simple.INTERVAL_DAY_TIME;
    }

    private static String words(IntervalTypeContext interval) {
        return "INTERVAL " + interval.from.getText() + (interval.to == null ? "" : " TO " + interval.to.getText());
    }

    private DataType simple(SimpleTypeContext type) {
        String name = TreeBuilders.text(type.identifier()).toUpperCase(Locale.ROOT);
        List<TerminalNode> arguments = type.INTEGER();
        if (name.equals("DECIMAL") || name.equals("DEC") || name.equals("NUMERIC")) {
            return decimal(type, arguments);
        }
        if (isSizedString(name)) {
            throw builders.error("THW-1005", Positions.of(type), "The length of " + name + " is not checked here",
                    "Write STRING instead.");
        }
        DataType found = BY_NAME.get(name);
        if (found == null) {
            throw unknown(type);
        }
        boolean isWholeTime = found == Simple.TIME && arguments.size() == 1
                && arguments.getFirst().getText().equals("6");
        if (found == Simple.TIME && !arguments.isEmpty() && !isWholeTime) {
            throw builders.error("THW-1005", Positions.of(type), "A column of type TIME has six digits of a second",
                    "Write TIME, and CAST(column AS TIME(3)) in the query where fewer are wanted; 6 are the most.");
        }
        if (!arguments.isEmpty() && !isWholeTime) {
            throw builders.error("THW-1005", Positions.of(type), "Type " + name + " takes no numbers in brackets",
                    "Write " + name + " alone.");
        }
        return found;
    }

    private static boolean isSizedString(String name) {
        return List.of("VARCHAR", "CHAR", "CHARACTER").contains(name.toUpperCase(Locale.ROOT));
    }

    private DataType decimal(SimpleTypeContext type, List<TerminalNode> arguments) {
        if (arguments.isEmpty()) {
            return DECIMAL_BY_DEFAULT;
        }
        try {
            int precision = Integer.parseInt(arguments.getFirst().getText());
            int scale = arguments.size() > 1 ? Integer.parseInt(arguments.get(1).getText()) : 0;
            if (arguments.size() <= 2) {
                return new DataType.Decimal(precision, scale);
            }
        } catch (IllegalArgumentException e) {
            // Falls through to the one sentence that says what is right.
        }
        throw builders.error("THW-1005", Positions.of(type),
                "There is no type " + type.getText().toUpperCase(Locale.ROOT),
                "DECIMAL(precision, scale) has a precision of 1 to 38 digits, and a scale of 0 to as many: DECIMAL(38, 2).");
    }

    private SyntaxError unknown(SimpleTypeContext type) {
        String name = TreeBuilders.text(type.identifier());
        List<String> known = BY_NAME.keySet().stream().sorted().toList();
        String hint = NearNames.nearest(name, known).map(near -> "Did you mean '" + near + "'? ").orElse("");
        return builders.error("THW-1005", Positions.of(type.identifier()), "Unknown type '" + name + "'",
                hint + "Types are BOOLEAN, TINYINT, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, DECIMAL(p, s), STRING, BINARY, DATE,"
                        + " TIME, TIMESTAMP, TIMESTAMP_NTZ, INTERVAL …, ARRAY<…>, MAP<…, …> and STRUCT<…>.");
    }

    private static Map<String, DataType> byName() {
        Map<String, DataType> types = new HashMap<>();
        types.put("BOOLEAN", Simple.BOOLEAN);
        types.put("TINYINT", Simple.TINYINT);
        types.put("BYTE", Simple.TINYINT);
        types.put("SMALLINT", Simple.SMALLINT);
        types.put("SHORT", Simple.SMALLINT);
        types.put("INT", Simple.INT);
        types.put("INTEGER", Simple.INT);
        types.put("BIGINT", Simple.BIGINT);
        types.put("LONG", Simple.BIGINT);
        types.put("FLOAT", Simple.FLOAT);
        types.put("REAL", Simple.FLOAT);
        types.put("DOUBLE", Simple.DOUBLE);
        types.put("STRING", Simple.STRING);
        types.put("BINARY", Simple.BINARY);
        types.put("DATE", Simple.DATE);
        types.put("TIMESTAMP", Simple.TIMESTAMP);
        types.put("TIMESTAMP_LTZ", Simple.TIMESTAMP);
        types.put("TIMESTAMP_NTZ", Simple.TIMESTAMP_NTZ);
        types.put("TIME", Simple.TIME);
        types.put("VOID", Simple.VOID);
        types.put("VARIANT", DataType.Struct.VARIANT);
        return Map.copyOf(types);
    }
}
