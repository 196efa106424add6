package dev.thalweg.planner.function;

import dev.thalweg.spi.data.DataType;
import dev.thalweg.planner.type.TypeRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.sql.parser.SqlParserPos;

/// Chooses among the overloads of a scalar function: the one nearest to the arguments, and of equals the first in the file.
///
/// @param name as the user wrote it
record ScalarBinder(String name, List<Signature> overloads) implements Binder {
    /// Functions that compare values with each other, which maps cannot be.
    private static final Set<String> COMPARING = Set.of("array_contains", "array_position", "array_remove",
            "array_distinct", "array_union", "array_intersect", "array_except", "array_max", "array_min", "array_sort",
            "sort_array", "arrays_overlap", "greatest", "least");

    @Override
    public Binding bind(List<Argument> arguments) {
        Optional<OverloadChoice> best = Optional.empty();
        Signature chosen = overloads.getFirst();
        for (Signature overload : overloads) {
            Optional<OverloadChoice> choice = OverloadChoice.of(overload, arguments);
            if (choice.isPresent() && (best.isEmpty() || choice.get().distance() < best.get().distance())) {
                best = choice;
                chosen = overload;
            }
        }
        if (best.isEmpty()) {
            throw misfit(arguments);
        }
        refuseColumns(chosen, arguments);
        List<Argument> cast = cast(arguments, best.get().casts());
        refuseMaps(chosen, cast);
        boolean nullable = chosen.mayBeNull()
                || (chosen.seesNulls() ? nullsThrough(chosen.callName(), cast) : anyNullable(cast));
        DataType result = chosen.result() instanceof TypePattern.Rule(String rule)
                ? ResultRules.apply(rule, name, cast, arguments)
                : best.get().substitute(chosen.result());
        return new Binding(chosen.callName(), cast.stream().map(Argument::type).toList(), result, nullable);
    }

    private static List<Argument> cast(List<Argument> arguments, List<DataType> casts) {
        List<Argument> cast = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            Argument argument = arguments.get(i);
            cast.add(new Argument(casts.get(i), argument.nullable(), argument.constant(), argument.literal()));
        }
        return cast;
    }

    static boolean anyNullable(List<Argument> arguments) {
        return arguments.stream().anyMatch(Argument::nullable);
    }

    /// When a function that is called with NULLs gives NULL.
    private static boolean nullsThrough(String function, List<Argument> arguments) {
        return switch (function) {
            case "coalesce", "greatest", "least" -> arguments.stream().allMatch(Argument::nullable);
            case "if", "nvl2" -> anyNullable(arguments.subList(1, arguments.size()));
            case "concat_ws" -> arguments.getFirst().nullable();
            default -> false;
        };
    }

    private void refuseMaps(Signature chosen, List<Argument> cast) {
        if (!COMPARING.contains(chosen.callName())) {
            return;
        }
        cast.stream().filter(argument -> !TypeRules.hasOrder(argument.type())).findFirst().ifPresent(argument -> {
            throw new QueryProblem("THW-1201", "Function '" + name + "' does not take " + argument.type().sql()
                    + ": maps have no order.", SqlParserPos.ZERO,
                    "Take it over map_keys(…), map_values(…) or map_entries(…).");
        });
    }

    private void refuseColumns(Signature chosen, List<Argument> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            if (chosen.constants().contains(i) && !arguments.get(i).constant()) {
                throw new QueryProblem("THW-1201", "Argument " + (i + 1) + " of '" + name
                        + "' is no constant, but must be the same for all rows.", SqlParserPos.ZERO,
                        "Write a value, such as 42. It is " + chosen.text(name) + ".");
            }
        }
    }

    QueryProblem misfit(List<Argument> arguments) {
        String given = arguments.stream().map(argument -> argument.isLambda() ? "lambda" : argument.type().sql())
                .collect(Collectors.joining(", "));
        String known = overloads.stream().map(overload -> overload.text(name)).distinct()
                .collect(Collectors.joining("\n    "));
        boolean count = overloads.stream().noneMatch(overload -> overload.takes(arguments.size()));
        String what = count
                ? "Function '" + name + "' does not take " + arguments.size()
                        + (arguments.size() == 1 ? " argument." : " arguments.")
                : "Function '" + name + "' does not take (" + given + ").";
        return new QueryProblem("THW-1201", what, SqlParserPos.ZERO,
                "It is:\n    " + known + (count ? "" : castHint(arguments)));
    }

    private String castHint(List<Argument> arguments) {
        boolean nested = IntStream.range(0, arguments.size())
                .anyMatch(i -> arguments.get(i).type().isNested() || TypeRules.isInterval(arguments.get(i).type()));
        return nested ? "" : "\nA CAST makes one type of another.";
    }
}
