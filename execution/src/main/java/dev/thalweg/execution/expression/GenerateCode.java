package dev.thalweg.execution.expression;

import dev.thalweg.execution.expression.function.JsonFunctions;
import dev.thalweg.execution.expression.function.VariantFunctions;
import dev.thalweg.execution.expression.kernel.SimpleSplit;
import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.Expression.Call;
import dev.thalweg.planner.incremental.Expression.Literal;
import dev.thalweg.planner.incremental.PlanNode.Generate;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.Defect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Generates the loop over what a generator gives for a row: the elements of an array, the entries of a map, the words of a
/// split text.
final class GenerateCode {
    static final Set<String> FUNCTIONS = Set.of("explode", "explode_outer", "posexplode", "posexplode_outer", "inline",
            "inline_outer", "stack", "json_tuple",
            "variant_explode", "variant_explode_outer", "range");

    private final JavaSource java;
    private final ExpressionCode code;
    private final RowVariables variables;

    GenerateCode(JavaSource java, ExpressionCode code, RowVariables variables) {
        this.java = java;
        this.code = code;
        this.variables = variables;
    }

    /// @param inner writes what is done with each row, given its columns
    void loop(Generate generate, List<Expression> row, Consumer<List<Expression>> inner) {
        List<Expression> arguments = generate.arguments().stream().map(a -> Shape.substitute(a, row)).toList();
        List<Field> added = generate.schema().fields().subList(row.size(), generate.schema().size());
        String function = generate.function();
        boolean outer = generate.outer() || function.endsWith("_outer");
        Generator generator = new Generator(arguments, added, outer, row, inner);
        switch (function) {
            case "explode", "explode_outer" -> explode(generator, false);
            case "posexplode", "posexplode_outer" -> explode(generator, true);
            case "inline", "inline_outer" -> overObjects(generator, arguments.getFirst(), false, true);
            case "stack" -> stack(generator);
            case "json_tuple" -> jsonTuple(generator);
            case "variant_explode", "variant_explode_outer" -> variantExplode(generator);
            case "range" -> range(generator);
            default -> throw new Defect("THW-9409",
                    "The table function " + function + " passed the check of the plan.");
        }
    }

    private record Generator(List<Expression> arguments, List<Field> added, boolean outer, List<Expression> row,
            Consumer<List<Expression>> inner) {}

    private void explode(Generator generator, boolean position) {
        Expression collection = generator.arguments().getFirst();
        Optional<SimpleSplit> split = splitter(collection);
        if (split.isPresent() && !position) {
            overWords(generator, (Call) collection, split.get());
        } else {
            overObjects(generator, collection, position, false);
        }
    }

    // explode(split(x, 'separator')): the words are slices of x, and no list is made.

    private static Optional<SimpleSplit> splitter(Expression collection) {
        if (collection instanceof Call call && call.function().equals("split")
                && call.arguments().get(1) instanceof Literal literal
                && literal.value() instanceof String regex && hasNoLimit(call)) {
            return SimpleSplit.of(regex);
        }
        return Optional.empty();
    }

    private static boolean hasNoLimit(Call call) {
        return call.arguments().size() == 2 || (call.arguments().get(2) instanceof Literal limit
                && limit.value() instanceof Integer number && number <= 0);
    }

    private void overWords(Generator generator, Call split, SimpleSplit separator) {
        Value text = code.of(split.arguments().getFirst());
        String words = java.fresh("words");
        String constant = java.constant(separator, "SimpleSplit", "(SimpleSplit) setup.constant(%d)");
        java.field("private final Words " + words + " = new Words();");
        String word = java.slice();
        if (generator.outer()) {
            String done = java.declare("boolean", "done", "false");
            java.line("if (" + text.isNull() + ") " + words + ".none(); else " + words + ".begin(" + text.code() + ", "
                    + constant
                    + ");");
            String isNull = java.declare("boolean", "n", "false");
            java.open("while (!" + done + ")");
            java.line(isNull + " = !" + words + ".next(" + word + ");");
            java.line(done + " = " + isNull + " || !" + words + ".hasNext();");
            body(generator, List.of(new Value(word, isNull, Kind.TEXT)));
            java.close();
            return;
        }
        if (!text.isNeverNull()) {
            java.line("if (" + text.isNull() + ") continue;");
        }
        java.line(words + ".begin(" + text.code() + ", " + constant + ");");
        java.open("while (" + words + ".next(" + word + "))");
        body(generator, List.of(new Value(word, Value.NEVER, Kind.TEXT)));
        java.close();
    }

    /// The innermost part: the generated values join the row.
    private void body(Generator generator, List<Value> values) {
        code.inBranch(() -> {
            List<Expression> more = new ArrayList<>(generator.row());
            for (int i = 0; i < values.size(); i++) {
                Field field = generator.added().get(i);
                Expression.Input leaf = variables.define(field.name(), new Literal(null, field.type()));
                code.scope().put(leaf, values.get(i));
                more.add(leaf);
            }
            generator.inner().accept(more);
            return true;
        });
    }

    // Arrays and maps as objects.

    private void overObjects(Generator generator, Expression collection, boolean position, boolean inline) {
        Value value = code.of(collection);
        String items = java.declare("Object[]", "items",
                "Generators.items(" + (value.isAlwaysNull() ? "null" : code.values().boxed(value, collection.type()))
                        + ", "
                        + generator.outer() + ")");
        overItems(generator, items, collection.type(), position, inline);
    }

    private void overItems(Generator generator, String items, DataType type, boolean position, boolean inline) {
        String index = java.fresh("item");
        if (java.isSplit()) {
            java.field("private int " + index + ";");
        }
        java.open("for (%s%s = 0; %s < %s.length; %s++)".formatted(java.isSplit() ? "" : "int ", index, index, items,
                index));
        String item = java.declare("Object", "o", items + "[" + index + "]");
        List<Value> values = new ArrayList<>();
        if (position) {
            String isNull = generator.outer()
                    ? java.declare("boolean", "n", item + " == Generators.NOTHING")
                    : Value.NEVER;
            values.add(new Value(index, isNull, Kind.INT));
        }
        if (generator.outer()) {
            java.line("if (" + item + " == Generators.NOTHING) " + item + " = null;");
        }
        parts(item, type, inline).forEach(part -> values.add(code.values().split(part.code(), part.type())));
        body(generator, values);
        java.close();
    }

    private record Part(String code, DataType type) {}

    private List<Part> parts(String item, DataType type, boolean inline) {
        return switch (type) {
            case DataType.ArrayOf(DataType.Struct(RowType fields), _) when inline -> partsOf(item, fields);
            case DataType.ArrayOf(DataType element, _) -> List.of(new Part(item, element));
            case DataType.MapOf(DataType key, DataType mapped, _) ->
                    List.of(part(item, key, "Generators.key(" + item + ")"),
                            part(item, mapped, "Generators.value(" + item + ")"));
            case Simple simple when simple == Simple.VOID -> List.of(new Part(item, Simple.VOID));
            case Simple _,DataType.Decimal _,DataType.Struct _ ->
                    throw new IllegalArgumentException("explode of " + type.sql());
        };
    }

    private List<Part> partsOf(String item, RowType fields) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            parts.add(part(item, fields.type(i), "Generators.field(" + item + ", " + i + ")"));
        }
        return parts;
    }

    private Part part(String item, DataType type, String object) {
        return new Part(java.declare("Object", "o", item + " == null ? null : " + object), type);
    }

    // range(start, end, step): counted, so that the last step cannot run past the greatest number.

    private void range(Generator generator) {
        List<Value> bounds = generator.arguments().stream().map(code::of).toList();
        for (Value bound : bounds) {
            if (!bound.isNeverNull()) {
                java.line("if (" + bound.isNull() + ") continue;");
            }
        }
        String start = bounds.size() == 1 ? "0L" : bounds.getFirst().code();
        String end = bounds.get(bounds.size() == 1 ? 0 : 1).code();
        String step = bounds.size() == 3 ? bounds.get(2).code() : "1L";
        String left = java.declare("long", "left", "Generators.steps(" + start + ", " + end + ", " + step + ")");
        String at = java.declare("long", "at", start);
        java.open("for (; %s != 0; %s--, %s += %s)".formatted(left, left, at, step));
        body(generator, List.of(new Value(at, Value.NEVER, Kind.LONG)));
        java.close();
    }

    // stack(n, a, b, c …): n rows, filled row by row.

    private void stack(Generator generator) {
        if (!(generator.arguments().getFirst() instanceof Literal literal && literal.value() instanceof Integer rows
                && rows > 0)) {
            throw new Defect("THW-9409", "stack without a number of rows passed the check of the plan.");
        }
        List<Expression> cells = generator.arguments().subList(1, generator.arguments().size());
        int width = generator.added().size();
        List<String> objects = new ArrayList<>();
        for (int i = 0; i < rows * width; i++) {
            objects.add(i < cells.size() ? code.values().boxed(code.of(cells.get(i)), cells.get(i).type()) : "null");
        }
        String items = java.declare("Object[]", "items",
                "Generators.rows(new Object[] {" + String.join(", ", objects) + "}, " + width + ")");
        RowType fields = new RowType(generator.added());
        overItems(generator, items, new DataType.ArrayOf(new DataType.Struct(fields), true), false, true);
    }

    // json_tuple(text, name, name …): always one row.

    private void jsonTuple(Generator generator) {
        List<String> objects = new ArrayList<>();
        for (Expression argument : generator.arguments()) {
            objects.add(code.values().boxed(code.of(argument), argument.type()));
        }
        String items = java.declare("Object[]", "items", JsonFunctions.class.getCanonicalName()
                + ".jsonTuple(new Object[] {" + String.join(", ", objects) + "})");
        RowType fields = new RowType(generator.added());
        overItems(generator, items, new DataType.ArrayOf(new DataType.Struct(fields), true), false, true);
    }

    private void variantExplode(Generator generator) {
        Expression variant = generator.arguments().getFirst();
        String items = java.declare("Object[]", "items", "Generators.items(" + VariantFunctions.class.getCanonicalName()
                + ".exploded(" + code.values().boxed(code.of(variant), variant.type()) + "), " + generator.outer()
                + ")");
        RowType fields = new RowType(generator.added());
        overItems(generator, items, new DataType.ArrayOf(new DataType.Struct(fields), true), false, true);
    }
}
