package dev.thalweg.execution.expression;

import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The bodies of the scalar functions: public static methods of the classes it is made of, found by name and SQL types.
///
/// A method is named as the function in camel case (`date_add` is `dateAdd`), with a trailing `_` where that is a Java
/// keyword. Parameters: [SeededDraws], an [EvaluationContext] and [ArgumentTypes] first if wanted, in that order, then boolean, int (also for TINYINT,
/// SMALLINT, DATE and months), long (also for times and day-time intervals), float, double, `BigDecimal`, [Utf8] or `String`,
/// `byte[]`, `List`, `Map`, or `Object` for any; boxed in a [NullAware] method; the last may be a vararg. The result likewise;
/// one that is an object may be null, which is NULL.
public final class FunctionTable {
    private static final Set<String> KEYWORDS = Set.of("case", "char", "if", "int", "long", "float", "double", "short",
            "byte",
            "boolean", "default", "try", "switch", "assert", "new", "this", "null", "true", "false", "for", "do",
            "while",
            "class", "enum");
    private static final int NO_MATCH = 1_000;

    private final List<Class<?>> classes;
    private @Nullable Map<String, List<Function>> byName;

    /// A body.
    ///
    /// @param skipped how many leading parameters are no arguments of the call
    record Function(Method method, boolean takesDraws, boolean takesContext, boolean takesTypes, int skipped) {
        static Function of(Method method) {
            List<Class<?>> parameters = List.of(method.getParameterTypes());
            int next = 0;
            boolean draws = next < parameters.size() && parameters.get(next) == SeededDraws.class;
            next += draws ? 1 : 0;
            boolean context = next < parameters.size() && parameters.get(next) == EvaluationContext.class;
            next += context ? 1 : 0;
            boolean types = next < parameters.size() && parameters.get(next) == ArgumentTypes.class;
            return new Function(method, draws, context, types, types ? next + 1 : next);
        }

        boolean isNullAware() {
            return method.isAnnotationPresent(NullAware.class);
        }

        /// Whether it gives the same within a trigger for the same arguments.
        boolean isDeterministic() {
            return !method.isAnnotationPresent(NonDeterministic.class);
        }

        boolean isOfTheClock() {
            return method.isAnnotationPresent(OfTheClock.class);
        }

        /// The Java type that argument `index` of the call is handed as.
        Class<?> parameter(int index) {
            Class<?>[] parameters = method.getParameterTypes();
            return isVararg(index) ? parameters[parameters.length - 1].getComponentType() : parameters[skipped + index];
        }

        boolean isVararg(int index) {
            return method.isVarArgs() && skipped + index >= method.getParameterCount() - 1;
        }

        int fixedArguments() {
            return method.getParameterCount() - skipped - (method.isVarArgs() ? 1 : 0);
        }
    }

    /// Looks at the classes when the first function is asked for: many a query has operators alone.
    public FunctionTable(List<Class<?>> classes) {
        this.classes = List.copyOf(classes);
    }

    private synchronized List<Function> overloads(String javaName) {
        Map<String, List<Function>> known = byName;
        if (known == null) {
            known = read();
            byName = known;
        }
        return known.getOrDefault(javaName, List.of());
    }

    private Map<String, List<Function>> read() {
        Map<String, List<Function>> all = new HashMap<>();
        for (Class<?> holder : classes) {
            for (Method method : holder.getMethods()) {
                if (Modifier.isStatic(method.getModifiers())) {
                    all.computeIfAbsent(method.getName(), _ -> new ArrayList<>()).add(Function.of(method));
                }
            }
        }
        all.values().forEach(overloads -> overloads.sort(Comparator.comparing(f -> f.method().toString())));
        return all;
    }

    /// The overload that takes the arguments most directly.
    Optional<Function> find(String name, List<DataType> arguments) {
        Function best = null;
        int bestCost = NO_MATCH;
        for (Function function : overloads(javaName(name))) {
            int cost = cost(function, arguments);
            if (cost < bestCost) {
                best = function;
                bestCost = cost;
            }
        }
        return Optional.ofNullable(best);
    }

    static String javaName(String function) {
        StringBuilder name = new StringBuilder();
        for (String word : function.toLowerCase(Locale.ROOT).split("_", -1)) {
            name.append(name.isEmpty() || word.isEmpty()
                    ? word
                    : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return KEYWORDS.contains(name.toString()) ? name + "_" : name.toString();
    }

    private static int cost(Function function, List<DataType> arguments) {
        int fixed = function.fixedArguments();
        if (function.method().isVarArgs() ? arguments.size() < fixed : arguments.size() != fixed) {
            return NO_MATCH;
        }
        int cost = function.method().isVarArgs() ? 1 : 0;
        for (int i = 0; i < arguments.size(); i++) {
            cost += cost(function.parameter(i), arguments.get(i));
        }
        return Math.min(cost, NO_MATCH);
    }

    private static int cost(Class<?> parameter, DataType type) {
        if (type == Simple.VOID) {
            return parameter.isPrimitive() ? 10 : 1;
        }
        if (parameter == Object.class) {
            return 20;
        }
        return switch (Kind.of(type)) {
            case BOOLEAN -> rank(parameter, boolean.class, Boolean.class);
            case INT -> rank(parameter, int.class, Integer.class, long.class, Long.class, double.class, Double.class);
            case LONG -> rank(parameter, long.class, Long.class, double.class, Double.class);
            case FLOAT -> rank(parameter, float.class, Float.class, double.class, Double.class);
            case DOUBLE -> rank(parameter, double.class, Double.class);
            case DECIMAL -> rank(parameter, BigDecimal.class);
            case TEXT -> type == Simple.STRING
                    ? rank(parameter, Utf8.class, String.class)
                    : rank(parameter, byte[].class, Utf8.class);
            case OBJECT -> type instanceof DataType.MapOf ? rank(parameter, Map.class) : rank(parameter, List.class);
        };
    }

    private static int rank(Class<?> parameter, Class<?>... inOrder) {
        for (int i = 0; i < inOrder.length; i++) {
            if (inOrder[i] == parameter) {
                return i;
            }
        }
        return NO_MATCH;
    }
}
