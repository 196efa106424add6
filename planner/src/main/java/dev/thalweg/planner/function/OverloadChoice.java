package dev.thalweg.planner.function;

import dev.thalweg.planner.type.TypeRules;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Matches the arguments of one call against one signature: what each becomes, and how far that is from what it was.
final class OverloadChoice {
    private static final int NUMBER_TO_DECIMAL = 25;
    private static final DataType.Decimal DECIMAL_OF_STRING = new DataType.Decimal(38, 18);

    private final Map<String, DataType> variables = new HashMap<>();
    private final Map<String, Boolean> mayHoldNull = new HashMap<>();
    private final List<DataType> casts = new ArrayList<>();
    private int distance;

    private OverloadChoice() {}

    /// A match, or empty when the signature does not take such arguments.
    static Optional<OverloadChoice> of(Signature signature, List<Argument> arguments) {
        OverloadChoice choice = new OverloadChoice();
        return signature.takes(arguments.size()) && choice.matches(signature, arguments)
                ? Optional.of(choice)
                : Optional.empty();
    }

    int distance() {
        return distance;
    }

    List<DataType> casts() {
        return casts;
    }

    private boolean matches(Signature signature, List<Argument> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            Argument argument = arguments.get(i);
            TypePattern pattern = signature.parameter(i);
            if (argument.isLambda()
                    ? !(pattern instanceof TypePattern.Lambda)
                    : !collect(pattern, argument.type(), argument.nullable())) {
                return false;
            }
        }
        for (int i = 0; i < arguments.size(); i++) {
            Argument argument = arguments.get(i);
            if (argument.isLambda()) {
                casts.add(argument.type()); // what it must give, LambdaBinder says
                continue;
            }
            DataType wanted = wanted(signature.parameter(i), argument);
            int far = distance(signature.parameter(i), argument.type(), wanted);
            if (far < 0) {
                return false;
            }
            distance += far;
            casts.add(TypeRules.sameIgnoringNulls(argument.type(), wanted) ? argument.type() : wanted);
        }
        return true;
    }

    private static int distance(TypePattern pattern, DataType from, DataType to) {
        if (pattern == TypePattern.Family.DECIMAL && !(from instanceof DataType.Decimal) && from.isNumeric()) {
            return from.isFloating() ? NUMBER_TO_DECIMAL : 5;
        }
        if (pattern == TypePattern.Family.TEXT) {
            return (from instanceof DataType.ArrayOf(DataType element, _) ? element : from).isNested() ? -1 : 1;
        }
        return TypeRules.distance(from, to);
    }

    /// Finds out what the variables stand for.
    private boolean collect(TypePattern pattern, DataType type, boolean nullable) {
        return switch (pattern) {
            case TypePattern.Variable(String name) -> {
                DataType before = variables.getOrDefault(name, DataType.Simple.VOID);
                Optional<DataType> common = TypeRules.leastCommon(before, type);
                common.ifPresent(t -> variables.put(name, t));
                mayHoldNull.merge(name, nullable, Boolean::logicalOr);
                yield common.isPresent();
            }
            case TypePattern.ArrayOf(TypePattern element) -> switch (type) {
                case DataType.ArrayOf array -> collect(element, array.element(), array.containsNull());
                case DataType.Simple simple -> simple == DataType.Simple.VOID;
                case DataType.Decimal _,DataType.MapOf _,DataType.Struct _ -> false;
            };
            case TypePattern.MapOf(TypePattern key, TypePattern value) -> switch (type) {
                case DataType.MapOf map ->
                        collect(key, map.key(), false) && collect(value, map.value(), map.valueContainsNull());
                case DataType.Simple simple -> simple == DataType.Simple.VOID;
                case DataType.Decimal _,DataType.ArrayOf _,DataType.Struct _ -> false;
            };
            case TypePattern.Exact _,TypePattern.Family _,TypePattern.StructOf _,TypePattern.Rule _ -> true;
            case TypePattern.Lambda _ -> false;
        };
    }

    private DataType wanted(TypePattern pattern, Argument argument) {
        return switch (pattern) {
            case TypePattern.Family family -> switch (family) {
                case ANY -> argument.type();
                case NUMERIC -> argument.type().isNumeric() ? argument.type() : DataType.Simple.DOUBLE;
                case DECIMAL -> decimal(argument);
                case TEXT -> argument.type() instanceof DataType.ArrayOf array
                        ? new DataType.ArrayOf(DataType.Simple.STRING, array.containsNull())
                        : DataType.Simple.STRING;
            };
            case TypePattern.Exact _,TypePattern.Variable _,TypePattern.ArrayOf _,TypePattern.MapOf _,TypePattern.StructOf _,TypePattern.Rule _,TypePattern.Lambda _ ->
                    substitute(pattern);
        };
    }

    private static DataType decimal(Argument argument) {
        if (argument.type() == DataType.Simple.FLOAT) {
            return new DataType.Decimal(14, 7);
        }
        if (argument.type() == DataType.Simple.DOUBLE) {
            return new DataType.Decimal(30, 15);
        }
        return argument.type().isNumeric() ? argument.asDecimal() : DECIMAL_OF_STRING;
    }

    /// A pattern with its variables replaced by what they stand for in this call.
    DataType substitute(TypePattern pattern) {
        return switch (pattern) {
            case TypePattern.Exact(DataType type) -> type;
            case TypePattern.Variable(String name) -> variables.getOrDefault(name, DataType.Simple.VOID);
            case TypePattern.ArrayOf(TypePattern element) ->
                    new DataType.ArrayOf(substitute(element), mayBeNull(element));
            case TypePattern.MapOf(TypePattern key, TypePattern value) ->
                    new DataType.MapOf(substitute(key), substitute(value), mayBeNull(value));
            case TypePattern.StructOf(List<String> names, List<TypePattern> types) -> {
                List<Field> fields = new ArrayList<>();
                for (int i = 0; i < names.size(); i++) {
                    fields.add(new Field(names.get(i), substitute(types.get(i)), mayBeNull(types.get(i))));
                }
                yield new DataType.Struct(new RowType(fields));
            }
            case TypePattern.Family family -> switch (family) {
                case DECIMAL -> casts.stream().filter(DataType.Decimal.class::isInstance).findFirst()
                        .orElse(DECIMAL_OF_STRING);
                case NUMERIC, ANY, TEXT -> casts.isEmpty() ? DataType.Simple.VOID : casts.getFirst();
            };
            case TypePattern.Rule _,TypePattern.Lambda _ -> DataType.Simple.VOID;
        };
    }

    /// What a parameter of a lambda is.
    Argument parameter(TypePattern.LambdaParameterPattern parameter) {
        DataType type = substitute(parameter.type());
        return parameter.orNull()
                ? Argument.of(type.asNullable(), true)
                : Argument.of(type, mayBeNull(parameter.type()));
    }

    /// What the body of a lambda is cast to: its own type where that is free, else one that is known, which it must have.
    Optional<DataType> result(TypePattern pattern, Argument body) {
        if (pattern instanceof TypePattern.Variable(String name) && !variables.containsKey(name)) {
            collect(pattern, body.type(), body.nullable());
            return Optional.of(body.type());
        }
        DataType wanted = substitute(pattern);
        if (body.type() != DataType.Simple.VOID && !TypeRules.sameIgnoringNulls(body.type(), wanted)) {
            return Optional.empty();
        }
        if (pattern instanceof TypePattern.Variable(String name)) {
            variables.put(name, wanted.asNullable());
        }
        return Optional.of(wanted);
    }

    private boolean mayBeNull(TypePattern element) {
        return element instanceof TypePattern.Variable(String name) && mayHoldNull.getOrDefault(name, false);
    }
}
