package dev.thalweg.execution.expression;

import dev.thalweg.planner.incremental.Expression.Cast;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import java.util.List;
import java.util.Optional;

/// Generates casts: directly between simple types, through objects where a type is nested.
final class CastCode {
    private final JavaSource java;
    private final ExpressionCode code;
    private final Values values;

    CastCode(JavaSource java, ExpressionCode code, Values values) {
        this.java = java;
        this.code = code;
        this.values = values;
    }

    Value of(Cast cast) {
        DataType from = cast.input().type();
        DataType to = cast.type();
        if (from.equals(to)) {
            return code.of(cast.input());
        }
        if (from == Simple.VOID || to == Simple.VOID) {
            Kind kind = Kind.of(to);
            return new Value(kind.initial(), Value.ALWAYS, kind);
        }
        Optional<String> direct = new DirectCast(java, code.scratch(), from, to).template();
        if (direct.isEmpty()) {
            return boxed(cast);
        }
        if (cast.orNull()) {
            return attempted(cast, direct.get());
        }
        return code.strict(cast, List.of(cast.input()), o -> direct.get().formatted(o.getFirst().code()));
    }

    private Value attempted(Cast cast, String template) {
        Value value = code.of(cast.input());
        Kind kind = Kind.of(cast.type());
        String isNull = java.declare("boolean", "n", value.isNull());
        String name = java.declare(kind.javaType(), "v", kind.initial());
        java.open("if (!" + isNull + ")");
        java.open("try");
        java.comment(code.text(cast));
        java.line(name + " = " + template.formatted(value.code()) + ";");
        java.close();
        java.open("catch (InvalidQuery failure)");
        java.line(isNull + " = true;");
        java.close();
        java.close();
        return new Value(name, isNull, kind);
    }

    private Value boxed(Cast cast) {
        String from = type(cast.input().type());
        String to = type(cast.type());
        return values.fromObject(cast, List.of(cast.input()), o -> "Casts.%s(%s, %s, %s, context)"
                .formatted(cast.orNull() ? "attempt" : "cast", values.boxed(o.getFirst(), cast.input().type()), from,
                        to));
    }

    private String type(DataType type) {
        return java.constant(type, "dev.thalweg.spi.data.DataType",
                "(dev.thalweg.spi.data.DataType) setup.constant(%d)");
    }
}
