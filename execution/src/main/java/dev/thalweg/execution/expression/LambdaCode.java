package dev.thalweg.execution.expression;

import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.Expression.Call;
import dev.thalweg.planner.incremental.Expression.Lambda;
import dev.thalweg.planner.incremental.Expression.Parameter;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.MapOf;
import dev.thalweg.spi.error.Defect;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Generates the functions that take a lambda: a loop over the elements of a collection, with the lambda's body in it.
///
/// The body stands among the variables of the row, so it reads columns as any expression does, and what the row's other
/// expressions have computed before is not computed again. Elements are objects as collections hold them; what the body makes
/// of one becomes an object again.
final class LambdaCode {
    private final JavaSource java;
    private final ExpressionCode code;
    private final Values values;
    /// Parameters so far: each lambda gets its own, so that no value of one is taken for another's of the same name.
    private int parameters;

    LambdaCode(JavaSource java, ExpressionCode code, Values values) {
        this.java = java;
        this.code = code;
        this.values = values;
    }

    static boolean takesLambda(Call call) {
        return call.arguments().stream().anyMatch(Lambda.class::isInstance);
    }

    Value of(Call call) {
        return switch (call.function()) {
            case "transform" -> over(call, 1, this::transform);
            case "filter" -> over(call, 1, this::filter);
            case "exists" -> over(call, 1, loop -> search(loop, true));
            case "forall" -> over(call, 1, loop -> search(loop, false));
            case "aggregate" -> over(call, 1, this::aggregate);
            case "zip_with" -> over(call, 2, this::zip);
            case "array_sort" -> over(call, 1, this::sort);
            case "transform_keys" -> over(call, 1, this::transformKeys);
            case "transform_values" -> over(call, 1, this::transformValues);
            case "map_filter" -> over(call, 1, this::filterMap);
            case "map_zip_with" -> over(call, 2, this::zipMaps);
            default -> throw new Defect("THW-9451",
                    "The function " + call.function() + " takes no lambda. Please report this query.");
        };
    }

    /// What a loop is written from.
    ///
    /// @param collections variables that hold the first arguments of the call, none of them NULL
    /// @param result variable for the object that the call gives
    private record Loop(Call call, List<String> collections, String result) {
        String collection() {
            return collections.getFirst();
        }

        DataType type(int argument) {
            return call.arguments().get(argument).type();
        }

        Lambda lambda() {
            return (Lambda) call.arguments().get(collections.size());
        }

        DataType element(int argument) {
            return type(argument) instanceof ArrayOf array ? array.element() : DataType.Simple.VOID;
        }

        MapOf map(int argument) {
            return (MapOf) type(argument);
        }
    }

    /// Writes a loop where no collection is NULL; the call is NULL where one is.
    ///
    /// @param count how many of the arguments are collections, from the first on
    private Value over(Call call, int count, Consumer<Loop> loop) {
        String result = java.declare("Object", "o", "null");
        List<String> collections = new ArrayList<>();
        int opened = 0;
        for (Expression argument : call.arguments().subList(0, count)) {
            Value value = code.of(argument);
            if (value.isAlwaysNull()) {
                break;
            }
            if (!value.isNeverNull()) {
                java.open("if (!(" + value.isNull() + "))");
                code.scope().enter();
                opened++;
            }
            String javaType = argument.type() instanceof MapOf ? "Map" : "List";
            collections.add(java.declare(javaType, "all", "(" + javaType + ") " + value.code()));
        }
        if (collections.size() == count) {
            java.comment(code.text(call));
            loop.accept(new Loop(call, collections, result));
        }
        for (int i = 0; i < opened; i++) {
            code.scope().leave();
            java.close();
        }
        return values.split(result, call.type());
    }

    // Pieces of a loop.

    /// Text that a turn makes is given back at its end: what it gives is an object by then.
    private void turns(String count, Consumer<String> turn) {
        String end = java.declare("int", "end", count);
        String index = java.declare("int", "i", "0");
        inTurns("for (; " + index + " < " + end + "; " + index + "++)", () -> turn.accept(index));
    }

    private void inTurns(String head, Runnable turn) {
        String mark = java.declare("long", "mark", code.scratch() + ".mark()");
        java.open(head);
        code.inBranch(() -> {
            turn.run();
            return true;
        });
        java.line(code.scratch() + ".release(" + mark + ");");
        java.close();
    }

    /// The variables of an object.
    private Value element(String object, DataType type) {
        return values.split(java.declare("Object", "e", object), type);
    }

    private static Value position(String index) {
        return new Value(index, Value.NEVER, Kind.INT);
    }

    /// Writes the body of a lambda for arguments, of which it may take only the first.
    private Value body(Lambda lambda, Value... arguments) {
        List<Parameter> own = new ArrayList<>();
        for (Parameter parameter : lambda.parameters()) {
            Parameter fresh = new Parameter(parameter.name(), --parameters, parameter.type(), parameter.nullable());
            code.scope().put(fresh, arguments[own.size()]);
            own.add(fresh);
        }
        return code.of(Shape.replace(lambda.body(), lambda.parameters(), own));
    }

    private String boxed(Lambda lambda, Value... arguments) {
        return values.boxed(body(lambda, arguments), lambda.type());
    }

    private void give(Loop loop, String object) {
        java.line(loop.result() + " = " + object + ";");
    }

    // Arrays.

    private void transform(Loop loop) {
        String list = loop.collection();
        String made = java.declare("Object[]", "made", "new Object[" + list + ".size()]");
        turns(made + ".length", i -> java.line(made + "[" + i + "] = "
                + boxed(loop.lambda(), element(list + ".get(" + i + ")", loop.element(0)), position(i)) + ";"));
        give(loop, "NestedValues.list(" + made + ")");
    }

    private void filter(Loop loop) {
        String list = loop.collection();
        String kept = java.declare("List", "kept", "new java.util.ArrayList()");
        turns(list + ".size()", i -> {
            String object = java.declare("Object", "e", list + ".get(" + i + ")");
            Value test = body(loop.lambda(), values.split(object, loop.element(0)), position(i));
            java.line("if (" + ConditionCode.isTrue(test) + ") " + kept + ".add(" + object + ");");
        });
        give(loop, kept);
    }

    /// Looks for an element for which the condition is `decisive`: one ends it, else a NULL makes NULL.
    private void search(Loop loop, boolean decisive) {
        String list = loop.collection();
        String found = java.declare("boolean", "found", "false");
        String unknown = java.declare("boolean", "unknown", "false");
        turns(list + ".size()", i -> {
            Value test = body(loop.lambda(), element(list + ".get(" + i + ")", loop.element(0)));
            String decides = decisive ? test.code() : "!(" + test.code() + ")";
            java.line(unknown + " |= " + test.isNull() + ";");
            java.line(found + " = !" + parenthesised(test.isNull()) + " && " + decides + ";");
            java.line("if (" + found + ") break;");
        });
        give(loop, "NestedValues.decided(" + found + ", " + unknown + ", " + decisive + ")");
    }

    private static String parenthesised(String condition) {
        return "(" + condition + ")";
    }

    private void aggregate(Loop loop) {
        List<Expression> arguments = loop.call().arguments();
        Expression start = arguments.get(1);
        Lambda merge = (Lambda) arguments.get(2);
        String list = loop.collection();
        String sum = java.declare("Object", "sum", values.boxed(code.of(start), start.type()));
        turns(list + ".size()", i -> {
            Value before = values.split(sum, start.type());
            Value element = element(list + ".get(" + i + ")", loop.element(0));
            java.line(sum + " = " + boxed(merge, before, element) + ";");
        });
        code.inBranch(() -> {
            give(loop, arguments.size() == 3
                    ? sum
                    : boxed((Lambda) arguments.get(3), values.split(sum, start.type())));
            return true;
        });
    }

    private void zip(Loop loop) {
        String left = loop.collection();
        String right = loop.collections().get(1);
        String made = java.declare("Object[]", "made",
                "new Object[Math.max(" + left + ".size(), " + right + ".size())]");
        turns(made + ".length", i -> java.line(made + "[" + i + "] = " + boxed(loop.lambda(),
                element(orNull(left, i), loop.element(0)), element(orNull(right, i), loop.element(1))) + ";"));
        give(loop, "NestedValues.list(" + made + ")");
    }

    private static String orNull(String list, String index) {
        return index + " < " + list + ".size() ? " + list + ".get(" + index + ") : null";
    }

    private void sort(Loop loop) {
        String sort = java.declare("ElementSort", "sort", "new ElementSort(" + loop.collection() + ")");
        inTurns("while (" + sort + ".hasNext())", () -> {
            Value left = element(sort + ".left()", loop.element(0));
            Value right = element(sort + ".right()", loop.element(0));
            Value order = body(loop.lambda(), left, right);
            if (!order.isNeverNull()) {
                java.comment(code.text(loop.call()));
                java.line("if (" + order.isNull() + ") throw ElementSort.noOrder();");
            }
            java.line(sort + ".answer((long) (" + order.code() + "));");
        });
        give(loop, sort + ".result()");
    }

    // Maps.

    private void transformKeys(Loop loop) {
        String made = madeMap();
        entries(loop, (entry, key, value) -> {
            String object = java.declare("Object", "key", boxed(loop.lambda(), key, value));
            java.comment(code.text(loop.call()));
            java.line("NestedValues.putNew(" + made + ", " + object + ", Generators.value(" + entry + "));");
        });
        give(loop, made);
    }

    private void transformValues(Loop loop) {
        String made = madeMap();
        entries(loop, (entry, key, value) -> java.line(made + ".put(Generators.key(" + entry + "), "
                + boxed(loop.lambda(), key, value) + ");"));
        give(loop, made);
    }

    private void filterMap(Loop loop) {
        String made = madeMap();
        entries(loop, (entry, key, value) -> {
            Value test = body(loop.lambda(), key, value);
            java.line("if (" + ConditionCode.isTrue(test) + ") " + made + ".put(Generators.key(" + entry
                    + "), Generators.value(" + entry + "));");
        });
        give(loop, made);
    }

    private void zipMaps(Loop loop) {
        String left = loop.collection();
        String right = loop.collections().get(1);
        String made = madeMap();
        String keys = java.declare("Object[]", "keys", "NestedValues.keys(" + left + ", " + right + ")");
        turns(keys + ".length", i -> {
            String key = keys + "[" + i + "]";
            String zipped = boxed(loop.lambda(), element(key, loop.map(0).key()),
                    element("NestedValues.value(" + left + ", " + key + ")", loop.map(0).value()),
                    element("NestedValues.value(" + right + ", " + key + ")", loop.map(1).value()));
            java.line(made + ".put(" + key + ", " + zipped + ");");
        });
        give(loop, made);
    }

    private String madeMap() {
        return java.declare("Map", "made", "new java.util.LinkedHashMap()");
    }

    @FunctionalInterface
    private interface Entry {
        void write(String entry, Value key, Value value);
    }

    private void entries(Loop loop, Entry inner) {
        String entries = java.declare("Object[]", "entries", "Generators.items(" + loop.collection() + ", false)");
        turns(entries + ".length", i -> {
            String entry = entries + "[" + i + "]";
            inner.write(entry, element("Generators.key(" + entry + ")", loop.map(0).key()),
                    element("Generators.value(" + entry + ")", loop.map(0).value()));
        });
    }
}
