package dev.thalweg.parser;

import dev.thalweg.parser.tree.FunctionCalls;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;

/// Makes paths into a VARIANT of what follows a colon: a call of `variant_get` whose path grows step by step.
final class VariantPaths {
    private static final String GET = "variant_get";
    private static final Pattern PLAIN = Pattern.compile("\\w+");

    private VariantPaths() {}

    static SqlCall of(SqlNode variant, String step, SqlParserPos position) {
        return FunctionCalls.of(GET, position, variant, LiteralBuilder.text("$" + step, position));
    }

    static boolean is(SqlNode node) {
        return node instanceof SqlCall call && call.getOperator().getName().equals(GET) && call.operandCount() == 2
                && call.operand(1) instanceof SqlCharStringLiteral;
    }

    static SqlCall longer(SqlCall get, String step) {
        SqlLiteral path = get.operand(1);
        return FunctionCalls.of(GET, get.getParserPosition(), get.operand(0),
                LiteralBuilder.text(path.getValueAs(String.class) + step, path.getParserPosition()));
    }

    static String step(String name) {
        if (PLAIN.matcher(name).matches()) {
            return "." + name;
        }
        return name.indexOf('\'') < 0 ? "['" + name + "']" : "[\"" + name + "\"]";
    }

    static String step(SqlLiteral index) {
        return index instanceof SqlNumericLiteral number
                ? "[" + number.toValue() + "]"
                : step(String.valueOf(index.getValueAs(String.class)));
    }
}
