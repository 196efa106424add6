package dev.thalweg.parser;

import dev.thalweg.spi.format.DateTimeText;
import java.time.ZoneOffset;
import dev.thalweg.parser.grammar.ThalwegLexer;
import dev.thalweg.parser.grammar.ThalwegParser.BinaryLiteralContext;
import dev.thalweg.parser.grammar.ThalwegParser.BooleanLiteralContext;
import dev.thalweg.parser.grammar.ThalwegParser.IntervalLiteralContext;
import dev.thalweg.parser.grammar.ThalwegParser.IntervalPartContext;
import dev.thalweg.parser.grammar.ThalwegParser.IntervalUnitContext;
import dev.thalweg.parser.grammar.ThalwegParser.IntervalValueContext;
import dev.thalweg.parser.grammar.ThalwegParser.LiteralContext;
import dev.thalweg.parser.grammar.ThalwegParser.NullLiteralContext;
import dev.thalweg.parser.grammar.ThalwegParser.NumberContext;
import dev.thalweg.parser.grammar.ThalwegParser.NumericLiteralContext;
import dev.thalweg.parser.grammar.ThalwegParser.StringLiteralContext;
import dev.thalweg.parser.grammar.ThalwegParser.TextLiteralContext;
import dev.thalweg.parser.grammar.ThalwegParser.TypedLiteralContext;
import dev.thalweg.parser.tree.FunctionCalls;
import dev.thalweg.parser.tree.TypeSpecs;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.error.Defect;
import dev.thalweg.spi.format.TimeOfDay;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// Reads constants. Calcite's own literals are used for numbers, strings, bytes, booleans and NULL; times and intervals
/// become calls, because Calcite would count them in milliseconds.
final class LiteralBuilder {
    private static final String UTF_8 = "UTF-8";

    private final TreeBuilders builders;

    LiteralBuilder(TreeBuilders builders) {
        this.builders = builders;
    }

    SqlNode of(LiteralContext literal) {
        SqlParserPos position = Positions.of(literal);
        return switch (literal) {
            case NullLiteralContext _ -> SqlLiteral.createNull(position);
            case BooleanLiteralContext truth -> SqlLiteral.createBoolean(truth.TRUE() != null, position);
            case TextLiteralContext text -> text(text(text.stringLiteral()), position);
            case BinaryLiteralContext bytes -> bytes(bytes.HEX_STRING().getText(), position);
            case NumericLiteralContext number -> number(number.number());
            case IntervalValueContext interval -> interval(interval(interval.intervalLiteral()), position);
            case TypedLiteralContext typed -> typed(typed, position);
            default -> throw new Defect("THW-9030", "No literal is made of " + literal.getClass().getSimpleName());
        };
    }

    static SqlNode text(String text, SqlParserPos position) {
        return SqlLiteral.createCharString(text, UTF_8, position);
    }

    static SqlNumericLiteral whole(long number, SqlParserPos position) {
        SqlNumericLiteral literal = SqlLiteral.createExactNumeric(Long.toString(number).replace("-", ""), position);
        return number < 0 ? SqlLiteral.createNegative(literal, position) : literal;
    }

    /// Strings next to each other are one string.
    static String text(StringLiteralContext literal) {
        StringBuilder text = new StringBuilder();
        literal.children.forEach(part -> text.append(StringEscapes.unquote(part.getText())));
        return text.toString();
    }

    static SqlNode interval(Interval interval, SqlParserPos position) {
        String name = interval.ofCalendar() ? FunctionCalls.YEAR_MONTH_INTERVAL : FunctionCalls.DAY_TIME_INTERVAL;
        return FunctionCalls.of(name, position, whole(interval.amount(), position));
    }

    Interval interval(IntervalLiteralContext literal) {
        return checked(Positions.of(literal), () -> {
            Interval interval;
            if (literal.from != null) {
                interval = Interval.ofRange(text(literal.stringLiteral()), unit(literal.from), unit(literal.to));
            } else if (literal.stringLiteral() != null) {
                interval = Interval.ofText(text(literal.stringLiteral()));
            } else {
                interval = sum(literal.intervalPart());
            }
            return isMinus(literal.sign) ? interval.negated() : interval;
        });
    }

    /// The sum of `1 HOUR 30 MINUTES`; may throw what [Interval] throws.
    Interval sum(List<IntervalPartContext> parts) {
        return parts.stream().map(this::part).reduce(Interval::plus).orElseThrow();
    }

    /// Turns an error of [Interval] into one with a place.
    Interval checked(SqlParserPos position, Supplier<Interval> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw builders.error("THW-1006", position, String.valueOf(e.getMessage()),
                    "Write an interval such as INTERVAL 10 SECONDS, INTERVAL '1 hour 30 minutes',"
                            + " INTERVAL '1 02:03:04' DAY TO SECOND or INTERVAL '1-2' YEAR TO MONTH.");
        }
    }

    private Interval part(IntervalPartContext part) {
        String number = part.stringLiteral() != null
                ? text(part.stringLiteral())
                : (part.INTEGER() != null ? part.INTEGER() : part.DECIMAL_NUMBER()).getText();
        Interval interval = Interval.of(number, unit(part.intervalUnit()));
        return isMinus(part.sign) ? interval.negated() : interval;
    }

    private static IntervalUnit unit(IntervalUnitContext unit) {
        return IntervalUnit.named(unit.getText()).orElseThrow();
    }

    private static boolean isMinus(@Nullable Token sign) {
        return sign != null && sign.getType() == ThalwegLexer.MINUS_SIGN;
    }

    /// A literal is wrong where it stands, not when a row meets it.
    private void checkTime(String type, String value, SqlParserPos position) {
        DateTimeText reader = new DateTimeText(ZoneOffset.UTC);
        long read = switch (type) {
            case "DATE" -> reader.date(value.strip());
            case "TIMESTAMP", "TIMESTAMP_LTZ" -> reader.timestamp(value.strip());
            case "TIMESTAMP_NTZ" -> reader.timestampNtz(value.strip());
            case "TIME" -> TimeOfDay.read(value);
            default -> 0;
        };
        if (read == DateTimeText.NONE) {
            throw builders.error("THW-1006", position, "'" + value + "' is no " + type,
                    type.equals("TIME")
                            ? "Write a time of day, from 00:00:00 to 23:59:59.999999, such as TIME '12:30:00'."
                            : "Write a day that there is, such as DATE '2024-02-29' or TIMESTAMP '2024-02-29 12:30:00'.");
        }
    }

    private SqlNode typed(TypedLiteralContext literal, SqlParserPos position) {
        String type = literal.TIME() != null ? "TIME" : TreeBuilders.text(literal.identifier());
        String value = text(literal.stringLiteral());
        SqlNode text = text(value, Positions.of(literal.stringLiteral()));
        checkTime(type.toUpperCase(Locale.ROOT), value, position);
        return switch (type.toUpperCase(Locale.ROOT)) {
            case "DATE" -> FunctionCalls.of(FunctionCalls.DATE, position, text);
            case "TIMESTAMP", "TIMESTAMP_LTZ" -> FunctionCalls.of(FunctionCalls.TIMESTAMP, position, text);
            case "TIMESTAMP_NTZ" -> FunctionCalls.of(FunctionCalls.TIMESTAMP_NTZ, position, text);
            case "TIME" -> FunctionCalls.of(FunctionCalls.TIME, position, text);
            default -> throw builders.error("THW-1006", position, "There are no literals of a type '" + type + "'",
                    "Before a string may stand DATE, TIME, TIMESTAMP, TIMESTAMP_NTZ, INTERVAL, X (bytes) or r (raw). If '"
                            + type
                            + "' is a column, an operator or a comma is missing after it.");
        };
    }

    private SqlNode bytes(String token, SqlParserPos position) {
        String digits = token.substring(2, token.length() - 1);
        try {
            String even = digits.length() % 2 == 0 ? digits : "0" + digits;
            return SqlLiteral.createBinaryString(HexFormat.of().parseHex(even), position);
        } catch (IllegalArgumentException e) {
            throw builders.error("THW-1006", position, "'" + digits + "' is not hexadecimal",
                    "Write two digits a byte, such as X'1F8B'.");
        }
    }

    SqlNode number(NumberContext number) {
        SqlParserPos position = Positions.of(number);
        TerminalNode token = (TerminalNode) number.getChild(number.getChildCount() - 1);
        boolean negative = number.MINUS_SIGN() != null;
        String text = token.getText().toUpperCase(Locale.ROOT);
        return switch (token.getSymbol().getType()) {
            case ThalwegLexer.INTEGER -> integer(text, negative, position);
            case ThalwegLexer.TINY_NUMBER -> sized(text, negative, Byte.SIZE, Simple.TINYINT, position);
            case ThalwegLexer.SMALL_NUMBER -> sized(text, negative, Short.SIZE, Simple.SMALLINT, position);
            case ThalwegLexer.BIG_NUMBER -> sized(text, negative, Long.SIZE, Simple.BIGINT, position);
            case ThalwegLexer.DECIMAL_NUMBER -> decimal(text, negative, position);
            case ThalwegLexer.BIG_DECIMAL_NUMBER ->
                    decimal(new BigDecimal(text.replace("BD", "")).toPlainString(), negative, position);
            case ThalwegLexer.FLOAT_NUMBER -> cast(
                    approximate(text.replace("F", ""), negative, Float.MAX_VALUE, position), Simple.FLOAT, position);
            default -> approximate(text.replace("D", ""), negative, Double.MAX_VALUE, position);
        };
    }

    private SqlNode integer(String digits, boolean negative, SqlParserPos position) {
        if (new BigDecimal(digits).precision() > DataType.Decimal.MAX_PRECISION) {
            throw outOfRange(digits, "DECIMAL(38,0)", position);
        }
        return signed(SqlLiteral.createExactNumeric(digits, position), negative, position);
    }

    private SqlNode sized(String text, boolean negative, int bits, DataType type, SqlParserPos position) {
        String digits = text.substring(0, text.length() - 1);
        BigDecimal value = new BigDecimal((negative ? "-" : "") + digits);
        if (value.toBigInteger().bitLength() >= bits) {
            throw outOfRange(value.toString(), type.sql(), position);
        }
        return cast(signed(SqlLiteral.createExactNumeric(digits, position), negative, position), type,
                position);
    }

    /// Calcite counts the digits as written, Spark without zeros in front; a decimal without fraction would be an INT.
    private SqlNode decimal(String text, boolean negative, SqlParserPos position) {
        String digits = text.replaceFirst("^0+(?=[.\\d])", "");
        BigDecimal value = new BigDecimal(digits);
        int precision = Math.max(value.precision(), value.scale());
        if (precision > DataType.Decimal.MAX_PRECISION) {
            throw outOfRange(text, "DECIMAL(38)", position);
        }
        if (value.scale() > 0) {
            return signed(SqlLiteral.createExactNumeric(digits, position), negative, position);
        }
        SqlNode whole = signed(SqlLiteral.createExactNumeric(value.toPlainString(), position), negative, position);
        return cast(whole, new DataType.Decimal(precision, 0), position);
    }

    private SqlNode approximate(String text, boolean negative, double max, SqlParserPos position) {
        if (Double.parseDouble(text) > max) {
            throw outOfRange(text, max == Float.MAX_VALUE ? "FLOAT" : "DOUBLE", position);
        }
        SqlNumericLiteral literal = SqlLiteral.createApproxNumeric(text, position);
        if (negative && Double.parseDouble(text) == 0) {
            return SqlStdOperatorTable.UNARY_MINUS.createCall(position, literal); // a literal is a BigDecimal, without -0.0
        }
        return signed(literal, negative, position);
    }

    private static SqlNode signed(SqlNumericLiteral literal, boolean negative, SqlParserPos position) {
        return negative ? SqlLiteral.createNegative(literal, position) : literal;
    }

    private SyntaxError outOfRange(String number, String type, SqlParserPos position) {
        return builders.error("THW-1006", position, number + " does not fit into " + type,
                "Write a smaller number, or one with an exponent (1e40) for a DOUBLE.");
    }

    /// A number whose type its suffix tells.
    private static SqlNode cast(SqlNode number, DataType type, SqlParserPos position) {
        return SqlStdOperatorTable.CAST.createCall(position, number, TypeSpecs.castTarget(type, position));
    }
}
