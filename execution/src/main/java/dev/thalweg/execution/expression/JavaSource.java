package dev.thalweg.execution.expression;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The text of a generated class while it is written: fields, constructor, methods, and the method being written.
///
/// Variables are locals of the row loop as long as the loop fits into one method that the JIT compiles. Else the source is
/// *split*: variables become fields, so that any part of the loop can be moved into a method of its own.
final class JavaSource {
    private final boolean split;
    private final StringBuilder fields = new StringBuilder();
    private final StringBuilder constructor = new StringBuilder();
    private final StringBuilder forget = new StringBuilder();
    private final StringBuilder methods = new StringBuilder();
    private final List<Object> constants = new ArrayList<>();
    private final Deque<Part> parts = new ArrayDeque<>();
    private int names;
    private int draws;

    private static final class Part {
        private final StringBuilder text = new StringBuilder();
        private int depth = 2;
        private boolean localOnly;
    }

    JavaSource(boolean split) {
        this.split = split;
        parts.push(new Part());
    }

    boolean isSplit() {
        return split;
    }

    String fresh(String prefix) {
        return prefix + names++;
    }

    void line(String line) {
        Part part = parts.element();
        part.text.append("    ".repeat(part.depth)).append(line).append('\n');
    }

    /// Names the expression that the next lines compute; errors are located by it.
    void comment(String text) {
        line("// " + text.replace('\n', ' ').replace('\r', ' ').replace("\\u", "\\ u"));
    }

    void open(String line) {
        line(line + " {");
        parts.element().depth++;
    }

    void orElse() {
        parts.element().depth--;
        line("} else {");
        parts.element().depth++;
    }

    void close() {
        parts.element().depth--;
        line("}");
    }

    /// A new variable with a first value.
    String declare(String javaType, String prefix, String initial) {
        String name = fresh(prefix);
        declareAs(javaType, name, initial);
        return name;
    }

    void declareAs(String javaType, String name, String initial) {
        if (split && !parts.element().localOnly) {
            field("private " + javaType + " " + name + ";");
            line(name + " = " + initial + ";");
        } else {
            line(javaType + " " + name + " = " + initial + ";");
        }
    }

    void field(String declaration) {
        fields.append("    ").append(declaration).append('\n');
    }

    /// A slice that one expression uses again and again.
    String slice() {
        String name = fresh("u");
        field("private final Utf8 " + name + " = new Utf8();");
        return name;
    }

    /// A field that holds what the call of that number draws its random values from.
    String draws(int number) {
        if (number == draws) {
            field("private final %1$s draws%2$d = new %1$s();".formatted(SeededDraws.class.getName(), number));
            draws++;
        }
        return "draws" + number;
    }

    /// A field that holds a literal, made from the setup's constant by `make`, such as `(BigDecimal) setup.constant(%d)`.
    String constant(Object value, String javaType, String make) {
        String name = fresh("k");
        field("private final " + javaType + " " + name + ";");
        constructor.append("        ").append(name).append(" = ").append(make.formatted(constants.size()))
                .append(";\n");
        constants.add(value);
        return name;
    }

    List<Object> constants() {
        return constants;
    }

    /// A statement that runs before each batch.
    void beforeBatch(String statement) {
        forget.append("        ").append(statement).append('\n');
    }

    /// Begins a part that is written aside, and read back with [#endPart].
    void beginPart() {
        Part part = new Part();
        part.depth = parts.element().depth;
        parts.push(part);
    }

    String endPart() {
        return parts.pop().text.toString();
    }

    /// Appends text that a part gave.
    void append(String part) {
        parts.element().text.append(part);
    }

    /// Begins a method; what is written until [#endMethod] is its body.
    ///
    /// @param localOnly its variables are its own even in a split source
    void beginMethod(boolean localOnly) {
        Part part = new Part();
        part.localOnly = localOnly;
        parts.push(part);
    }

    void endMethod(String signature) {
        methods.append("\n    ").append(signature).append(" {\n").append(parts.pop().text).append("    }\n");
    }

    String text(boolean drops) {
        return """
                package dev.thalweg.generated;

                import dev.thalweg.execution.expression.Utf8;
                import dev.thalweg.execution.expression.kernel.*;
                import dev.thalweg.spi.data.Memory;
                import dev.thalweg.spi.data.VectorValues;
                import dev.thalweg.spi.error.InvalidQuery;
                import java.math.BigDecimal;
                import java.util.List;
                import java.util.Map;

                public final class CompiledStage extends StageLoop {
                """ + fields + """

                    public CompiledStage(StageSetup setup) {
                        super(setup);
                """ + constructor + """
                    }

                    protected boolean drops() {
                        return %s;
                    }

                    protected void forgetConstants() {
                """.formatted(drops) + forget + "    }\n" + methods + "}\n";
    }
}
