package dev.thalweg.planner.function;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// One line of `scalar-functions.txt`: one overload of a function under all its names.
///
/// @param callName the name that a call in the plan carries
/// @param constants which parameters take only what is the same for all rows
/// @param required how many parameters a call must give
/// @param vararg the last parameter may come any number of times, also none
/// @param seesNulls called with NULL arguments too
/// @param mayBeNull the result may be NULL though no argument is
/// @param ofClock not deterministic, but the same for all rows of a trigger
record Signature(List<String> names, String callName, List<TypePattern> parameters, Set<Integer> constants,
        int required, boolean vararg, TypePattern result, boolean seesNulls, boolean mayBeNull, boolean deterministic,
        boolean ofClock) {
    Signature {
        names = List.copyOf(names);
        parameters = List.copyOf(parameters);
        constants = Set.copyOf(constants);
    }

    boolean takes(int arguments) {
        return arguments >= required && (vararg || arguments <= parameters.size());
    }

    TypePattern parameter(int argument) {
        return parameters.get(Math.min(argument, parameters.size() - 1));
    }

    boolean takesLambda() {
        return parameters.stream().anyMatch(TypePattern.Lambda.class::isInstance);
    }

    /// Such as `substring(STRING, INT, [INT]) : STRING`.
    String text(String name) {
        String list = java.util.stream.IntStream.range(0, parameters.size()).mapToObj(i -> {
            String type = parameters.get(i).text();
            if (vararg && i == parameters.size() - 1) {
                return type + "...";
            }
            return i < required ? type : "[" + type + "]";
        }).collect(Collectors.joining(", "));
        return name + "(" + list + ") : " + result.text();
    }
}
