package dev.thalweg.planner.function;

import dev.thalweg.planner.type.TypeRules;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.function.UserFunction;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.calcite.sql.parser.SqlParserPos;

/// A scalar function of a program as Calcite sees it. Arguments come as they are; only their number is checked.
///
/// Calcite tells operators apart by name, and two functions may have one: so the name ends in what no other has.
public final class UserScalar extends EngineFunction {
    private static final Pattern MARK = Pattern.compile("#[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final UserFunction function;

    public UserScalar(UserFunction function) {
        this(function, unique(function.name()));
    }

    private UserScalar(UserFunction function, String name) {
        super(name, arguments -> bind(function, arguments),
                (rex, type, _, arguments) -> rex.makeCall(type, new UserScalar(function, name), arguments),
                function.deterministic());
        this.function = function;
    }

    static String unique(String name) {
        return name + "#" + UUID.randomUUID();
    }

    /// A text of Calcite's without what tells functions of one name apart.
    public static String shown(String plan) {
        return MARK.matcher(plan).replaceAll("");
    }

    private static Binding bind(UserFunction function, List<Argument> arguments) {
        checkCount(function.name(), arguments, function.arity());
        arguments.stream().filter(Argument::isLambda).findFirst().ifPresent(_ -> {
            throw new QueryProblem("THW-1201", "Function '" + function.name() + "' does not take a lambda.",
                    SqlParserPos.ZERO, "A function of a program takes values.");
        });
        List<DataType> types = arguments.stream().map(Argument::type).toList();
        return new Binding(function.name(), types, function.type(), function.nullable());
    }

    static void checkCount(String name, List<Argument> arguments, int takes) {
        if (arguments.size() != takes) {
            throw new QueryProblem("THW-1201",
                    "Function '" + name + "' does not take " + arguments.size()
                            + (arguments.size() == 1 ? " argument." : " arguments."),
                    SqlParserPos.ZERO, "The program registered it with " + takes + ".");
        }
    }

    static void checkTypes(String name, List<Argument> arguments, List<DataType> takes) {
        checkCount(name, arguments, takes.size());
        for (int i = 0; i < takes.size(); i++) {
            DataType type = arguments.get(i).type();
            if (!TypeRules.widens(type, takes.get(i))) {
                throw new QueryProblem("THW-1201", "Function '" + name + "' does not take " + TypeRules.a(type)
                        + " as argument " + (i + 1) + ".", SqlParserPos.ZERO,
                        "The program declared it as "
                                + takes.get(i).sql() + ". A CAST makes one type of another.");
            }
        }
    }

    public UserFunction function() {
        return function;
    }

    /// Such as `area(ANY, ANY) : DOUBLE`.
    String signature() {
        return function.name() + "(" + String.join(", ", java.util.Collections.nCopies(function.arity(), "ANY"))
                + ") : " + function.type().sql();
    }
}
