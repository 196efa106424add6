package dev.thalweg.planner.function;

import dev.thalweg.spi.data.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.sql.parser.SqlParserPos;

/// Binds a function that takes lambdas. The other arguments choose the overload, together with the numbers of the lambdas'
/// parameters, and say what the parameters are; the bodies say what the function gives.
///
/// @param name as the user wrote it
record LambdaBinder(String name, List<Signature> overloads) implements Binder {
    @Override
    public Binding bind(List<Argument> arguments) {
        if (arguments.stream().noneMatch(Argument::isLambda)) {
            return new ScalarBinder(name, overloads).bind(arguments);
        }
        Signature signature = signature(arguments);
        OverloadChoice choice = choice(signature, arguments);
        List<DataType> casts = new ArrayList<>(choice.casts());
        for (int i = 0; i < arguments.size(); i++) {
            if (signature.parameter(i) instanceof TypePattern.Lambda lambda) {
                Argument body = arguments.get(i);
                casts.set(i, choice.result(lambda.result(), body)
                        .orElseThrow(() -> misfit(choice.substitute(lambda.result()), body)));
            }
        }
        return new Binding(signature.callName(), casts, choice.substitute(signature.result()),
                nullable(signature, arguments));
    }

    /// What the parameters of each lambda are, from left to right. Of the lambdas only the number of parameters is asked.
    List<List<Argument>> parameters(List<Argument> arguments) {
        Signature signature = signature(arguments);
        OverloadChoice choice = choice(signature, arguments);
        List<List<Argument>> parameters = new ArrayList<>();
        for (TypePattern pattern : signature.parameters()) {
            if (pattern instanceof TypePattern.Lambda lambda) {
                parameters.add(lambda.parameters().stream().map(choice::parameter).toList());
            }
        }
        return parameters;
    }

    private Signature signature(List<Argument> arguments) {
        List<Signature> shaped = overloads.stream().filter(signature -> hasShape(signature, arguments)).toList();
        if (shaped.isEmpty()) {
            throw new ScalarBinder(name, overloads).misfit(arguments);
        }
        return shaped.stream().filter(signature -> wrongLambda(signature, arguments) < 0).findFirst()
                .orElseThrow(() -> wrongNumber(shaped, arguments));
    }

    private static boolean hasShape(Signature signature, List<Argument> arguments) {
        return signature.takes(arguments.size()) && IntStream.range(0, arguments.size()).allMatch(
                i -> arguments.get(i).isLambda() == signature.parameter(i) instanceof TypePattern.Lambda);
    }

    /// The first lambda with another number of parameters, or -1.
    private static int wrongLambda(Signature signature, List<Argument> arguments) {
        return IntStream.range(0, arguments.size())
                .filter(i -> signature.parameter(i) instanceof TypePattern.Lambda lambda
                        && lambda.parameters().size() != arguments.get(i).lambda().orElseThrow())
                .findFirst().orElse(-1);
    }

    private QueryProblem wrongNumber(List<Signature> shaped, List<Argument> arguments) {
        int wrong = wrongLambda(shaped.getFirst(), arguments);
        int given = arguments.get(wrong).lambda().orElseThrow();
        return new QueryProblem("THW-1242", "The lambda of '" + name + "' cannot have " + given
                + (given == 1 ? " parameter." : " parameters."), SqlParserPos.ZERO,
                "It is "
                        + shaped.stream().map(signature -> signature.text(name)).collect(Collectors.joining(", or "))
                        + ".");
    }

    private OverloadChoice choice(Signature signature, List<Argument> arguments) {
        return OverloadChoice.of(signature, arguments)
                .orElseThrow(() -> new ScalarBinder(name, overloads).misfit(arguments));
    }

    private QueryProblem misfit(DataType wanted, Argument body) {
        return new QueryProblem("THW-1243", "The lambda of '" + name + "' must give " + wanted.sql()
                + ", but this one gives " + body.type().sql() + ".", SqlParserPos.ZERO,
                wanted == DataType.Simple.BOOLEAN
                        ? "Write a condition, such as x -> x > 0."
                        : isAggregate()
                                ? "Start with a value of that type: CAST(… AS " + body.type().sql() + ")."
                                : "CAST what it gives.");
    }

    private boolean isAggregate() {
        return overloads.getFirst().callName().equals("aggregate");
    }

    /// A collection is NULL where one that it is made of is; what one lambda gives for all is NULL where the lambda gives NULL.
    private static boolean nullable(Signature signature, List<Argument> arguments) {
        boolean one = signature.result() instanceof TypePattern.Variable
                || signature.result() instanceof TypePattern.Exact;
        return arguments.stream().filter(argument -> !argument.isLambda()).anyMatch(Argument::nullable)
                || (one && arguments.getLast().nullable()) || signature.mayBeNull();
    }
}
