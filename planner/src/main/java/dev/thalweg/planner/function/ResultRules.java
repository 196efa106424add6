package dev.thalweg.planner.function;

import static dev.thalweg.spi.data.DataType.Simple.BIGINT;
import static dev.thalweg.spi.data.DataType.Simple.INT;
import static dev.thalweg.spi.data.DataType.Simple.TINYINT;

import dev.thalweg.planner.type.TypeRules;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.Defect;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.parser.SqlParserPos;

/// The results that no pattern of `scalar-functions.txt` can say: its `@rules`, one method each.
final class ResultRules {
    private ResultRules() {}

    /// @param arguments after their casts
    /// @param given as they were
    static DataType apply(String rule, String function, List<Argument> arguments, List<Argument> given) {
        DataType first = arguments.isEmpty() ? DataType.Simple.VOID : arguments.getFirst().type();
        return switch (rule) {
            case "first" -> first;
            case "ceil" -> ceil(TypeRules.asDecimal(first));
            case "round" -> round(function, arguments);
            case "decimalPlus", "decimalMinus" ->
                    DecimalRules.plus(TypeRules.asDecimal(first), TypeRules.asDecimal(arguments.get(1).type()));
            case "decimalTimes" ->
                    DecimalRules.times(TypeRules.asDecimal(first), TypeRules.asDecimal(arguments.get(1).type()));
            case "decimalDivide" ->
                    DecimalRules.divide(TypeRules.asDecimal(first), TypeRules.asDecimal(arguments.get(1).type()));
            case "decimalRemainder" ->
                    DecimalRules.remainder(TypeRules.asDecimal(first), TypeRules.asDecimal(arguments.get(1).type()));
            case "zeroIfNull" -> TypeRules.leastCommon(first, INT).orElse(first);
            case "datePart" -> DateParts.result(function, arguments);
            case "struct" -> struct(arguments);
            case "namedStruct" -> namedStruct(function, arguments);
            case "arraysZip" -> arraysZip(function, arguments);
            case "sequence" -> sequence(given);
            case "mapFromEntries" -> mapFromEntries(function, first);
            case "toNumber" -> toNumber(arguments);
            case "fromJson" -> FormatRules.fromJson(function, arguments);
            case "topKEstimate" -> ItemSketches.estimate(arguments);
            case "toJson" -> FormatRules.toJson(function, arguments);
            case "schemaOfJson" -> FormatRules.schemaOfJson(function, arguments);
            case "fromCsv" -> FormatRules.fromCsv(function, arguments);
            case "toCsv" -> FormatRules.toCsv(function, arguments);
            case "variantGet" -> FormatRules.variantGet(function, arguments);
            case "toVariant" -> FormatRules.toVariant(function, arguments);
            case "schemaOfCsv" -> FormatRules.schemaOfCsv(function, arguments);
            default -> throw new Defect("THW-9102",
                    "scalar-functions.txt names the rule @" + rule + ", which is not there");
        };
    }

    private static Decimal ceil(Decimal argument) {
        return DecimalRules.bounded(argument.precision() - argument.scale() + 1, 0);
    }

    /// round, bround, and ceil and floor with a scale: the digits that are left, and one more for a carry.
    private static DataType round(String function, List<Argument> arguments) {
        DataType type = arguments.getFirst().type();
        boolean ceiling = function.startsWith("ceil") || function.equals("floor");
        Decimal from = type == DataType.Simple.DOUBLE ? new Decimal(30, 15) : TypeRules.asDecimal(type);
        int scale = arguments.size() < 2 ? 0 : constant(function, arguments.get(1));
        int whole = from.precision() - from.scale() + 1;
        if (scale < 0) {
            int digits = Math.max(whole, -scale + 1);
            return new Decimal(Math.min(digits, Decimal.MAX_PRECISION), 0);
        }
        int kept = Math.min(from.scale(), scale);
        return ceiling
                ? DecimalRules.adjusted(whole + kept, kept)
                : new Decimal(Math.min(whole + kept, Decimal.MAX_PRECISION), kept);
    }

    private static int constant(String function, Argument argument) {
        if (argument.literal().isPresent() && argument.literal().get() instanceof BigDecimal value) {
            return value.intValueExact();
        }
        throw new QueryProblem("THW-1202", "The scale of '" + function + "' must be a constant.", SqlParserPos.ZERO,
                "Write a whole number, such as 2: the result's type depends on it.");
    }

    private static DataType sequence(List<Argument> given) {
        DataType common = TypeRules.leastCommon(given.get(0).type(), given.get(1).type()).orElse(BIGINT);
        return new DataType.ArrayOf(common.isInteger() ? common : BIGINT, false);
    }

    private static DataType struct(List<Argument> arguments) {
        List<Field> fields = new ArrayList<>();
        for (Argument argument : arguments) {
            fields.add(new Field("col" + (fields.size() + 1), argument.type(), argument.nullable()));
        }
        return new DataType.Struct(new RowType(fields));
    }

    private static DataType namedStruct(String function, List<Argument> arguments) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i + 1 < arguments.size(); i += 2) {
            Optional<Object> name = arguments.get(i).literal();
            if (name.isEmpty() || !(name.get() instanceof String text)) {
                throw new QueryProblem("THW-1202", "The names in '" + function + "' must be constant strings.",
                        SqlParserPos.ZERO, "Such as named_struct('a', 1, 'b', 2).");
            }
            if (fields.stream().anyMatch(field -> field.name().equalsIgnoreCase(text))) {
                throw new QueryProblem("THW-1202", "'" + function + "' names the field '" + text + "' twice.",
                        SqlParserPos.ZERO, "Give each field a name of its own.");
            }
            fields.add(new Field(text, arguments.get(i + 1).type(), arguments.get(i + 1).nullable()));
        }
        if (arguments.size() % 2 != 0) {
            throw new QueryProblem("THW-1201", "Function '" + function + "' takes names and values in turn, but got "
                    + arguments.size() + " arguments.", SqlParserPos.ZERO, "Such as named_struct('a', 1, 'b', 2).");
        }
        return new DataType.Struct(new RowType(fields));
    }

    /// Names and arrays in turn.
    private static DataType arraysZip(String function, List<Argument> arguments) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i + 1 < arguments.size(); i += 2) {
            Argument argument = arguments.get(i + 1);
            if (!(argument.type() instanceof DataType.ArrayOf array)) {
                throw new QueryProblem("THW-1201", "Function '" + function + "' does not take " + argument.type().sql()
                        + ".", SqlParserPos.ZERO, "Every argument must be an array.");
            }
            fields.add(
                    new Field(String.valueOf(arguments.get(i).literal().orElse(fields.size())), array.element(), true));
        }
        return new DataType.ArrayOf(new DataType.Struct(new RowType(fields)), false);
    }

    private static DataType mapFromEntries(String function, DataType entries) {
        if (entries instanceof DataType.ArrayOf(DataType.Struct(RowType row), _) && row.size() == 2) {
            return new DataType.MapOf(row.type(0), row.type(1), row.field(1).nullable());
        }
        throw new QueryProblem("THW-1201", "Function '" + function + "' does not take " + entries.sql() + ".",
                SqlParserPos.ZERO, "It takes an array of structs of two fields: key and value.");
    }

    private static DataType toNumber(List<Argument> arguments) {
        String format = arguments.get(1).literal().map(Object::toString).orElse("");
        int point = Math.max(Math.max(format.indexOf('.'), format.indexOf('D')), format.indexOf('d'));
        long whole = digits(point < 0 ? format : format.substring(0, point));
        long fraction = point < 0 ? 0 : digits(format.substring(point));
        int precision = Math.clamp(whole + fraction, 1, Decimal.MAX_PRECISION);
        return new Decimal(precision, (int) Math.min(fraction, precision));
    }

    private static long digits(String format) {
        return format.chars().filter(c -> c == '0' || c == '9').count();
    }
}
