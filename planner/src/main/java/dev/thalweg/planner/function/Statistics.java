package dev.thalweg.planner.function;

import static dev.thalweg.spi.data.DataType.Simple.BIGINT;
import static dev.thalweg.spi.data.DataType.Simple.DOUBLE;
import static dev.thalweg.spi.data.DataType.Simple.INT;
import static dev.thalweg.spi.data.DataType.Simple.STRING;
import static dev.thalweg.spi.data.DataType.Simple.VOID;

import dev.thalweg.planner.function.Aggregates.Listing;
import dev.thalweg.planner.type.TypeRules;
import dev.thalweg.spi.data.DataType;
import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.sql.parser.SqlParserPos;

/// Aggregates of one or two numbers whose state has a fixed size: bits, moments, regressions, the value beside an extreme.
final class Statistics {
    private static final BigDecimal MOST = BigDecimal.valueOf(100_000);

    private final Listing list;

    Statistics(Listing list) {
        this.list = list;
    }

    void addAll() {
        for (String name : List.of("bit_and", "bit_or", "bit_xor")) {
            list.add(name, "(T) : T, a whole number", arguments -> bits(name, arguments));
        }
        for (String name : List.of("skewness", "kurtosis", "product")) {
            list.add(name, "(NUMERIC) : DOUBLE", arguments -> number(name, arguments));
        }
        for (String name : List.of("corr", "covar_pop", "covar_samp", "regr_avgx", "regr_avgy", "regr_intercept",
                "regr_r2", "regr_slope", "regr_sxx", "regr_sxy", "regr_syy")) {
            list.add(name, "(NUMERIC, NUMERIC) : DOUBLE", arguments -> pair(name, arguments, DOUBLE));
        }
        list.add("regr_count", "(NUMERIC, NUMERIC) : BIGINT", arguments -> pair("regr_count", arguments, BIGINT));
        for (String name : List.of("max_by", "min_by")) {
            list.add(name, "(T, U, [INT k]) : T, or ARRAY<T> of the first k", arguments -> by(name, arguments));
        }
    }

    private static Binding bits(String name, List<Argument> arguments) {
        DataType type = Aggregates.only(name, arguments, "a whole number").type();
        if (type == VOID) {
            type = BIGINT;
        }
        if (!type.isInteger()) {
            throw Aggregates.misfit(name, type, "a whole number");
        }
        return new Binding(name, List.of(type), type, true);
    }

    private static DataType checkNumber(String name, DataType type) {
        if (!type.isNumeric() && type != STRING && type != VOID) {
            throw Aggregates.misfit(name, type, "NUMERIC");
        }
        return DOUBLE;
    }

    private static Binding number(String name, List<Argument> arguments) {
        checkNumber(name, Aggregates.only(name, arguments, "NUMERIC").type());
        return new Binding(name, List.of(DOUBLE), DOUBLE, true);
    }

    private static Binding pair(String name, List<Argument> arguments, DataType result) {
        checkCount(name, arguments, "NUMERIC, NUMERIC");
        arguments.forEach(argument -> checkNumber(name, argument.type()));
        return new Binding(name, List.of(DOUBLE, DOUBLE), result, result == DOUBLE);
    }

    private static void checkCount(String name, List<Argument> arguments, String takes) {
        if (arguments.size() != 2) {
            throw new QueryProblem("THW-1201",
                    "Function '" + name + "' does not take " + arguments.size() + " arguments.", SqlParserPos.ZERO,
                    "It is " + name + "(" + takes + ").");
        }
    }

    private static void checkK(String name, Argument k) {
        Object written = k.literal().orElse(BigDecimal.ONE);
        boolean fits = k.type().isInteger() && written instanceof BigDecimal number && number.signum() > 0
                && number.compareTo(MOST) <= 0;
        if (!fits) {
            throw new QueryProblem("THW-1201", name + " does not take "
                    + (k.type().isInteger() ? written : TypeRules.a(k.type())) + " for k.", SqlParserPos.ZERO,
                    "It is a whole number from 1 to " + MOST + ", the same for all rows.");
        }
    }

    private static Binding by(String name, List<Argument> arguments) {
        boolean several = arguments.size() == 3;
        if (!several) {
            checkCount(name, arguments, "value, order, [k]");
        }
        DataType order = arguments.get(1).type();
        if (!TypeRules.hasOrder(order)) {
            throw Aggregates.misfit(name, order, "value, something that has an order: no maps");
        }
        DataType value = arguments.getFirst().type();
        if (!several) {
            return new Binding(name, List.of(value, order), value, true);
        }
        checkK(name, arguments.getLast());
        return new Binding(name, List.of(value, order, INT), new DataType.ArrayOf(value, true), true);
    }
}
