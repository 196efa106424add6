package dev.thalweg.planner.incremental;

import dev.thalweg.planner.function.Aggregates;
import dev.thalweg.planner.incremental.Expression.Call;
import dev.thalweg.planner.incremental.Expression.Cast;
import dev.thalweg.planner.incremental.Expression.Literal;
import dev.thalweg.planner.incremental.PlanNode.Direction;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.function.UserAggregate;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What the arguments of an aggregate are: columns of rows, constants, and the order of WITHIN GROUP.
///
/// @param function as the engine runs it: `median(x)` is `percentile(x, 0.5)`
/// @param columns which of the arguments are read of each row, those of `order` last
record CallArguments(String function, List<Integer> columns, List<Literal> constants, List<Direction> order) {

    /// Those of a program's function: all are columns.
    static CallArguments ofUser(UserAggregate user, int arguments) {
        return new CallArguments(AggregateCall.OF_USER + user.name(),
                IntStream.range(0, arguments).boxed().toList(), List.of(), List.of());
    }

    static CallArguments of(String name, List<Expression> arguments, boolean distinct) {
        boolean ordered = name.endsWith(Aggregates.ORDERED);
        String function = name.replace(Aggregates.ORDERED, "");
        String written = ordered ? String.valueOf(constant(function, arguments.getLast()).value()) : "";
        int values = arguments.size() - (ordered ? 1 + written.length() / 2 : 0);
        List<Integer> columns = new ArrayList<>();
        List<Literal> constants = new ArrayList<>();
        for (int i = 0; i < values; i++) {
            if (Aggregates.isConstant(function, i)) {
                constants.add(constant(function, arguments.get(i)));
            } else {
                columns.add(i);
            }
        }
        List<Direction> order = new ArrayList<>();
        for (int i = 0; i < written.length() / 2; i++) {
            columns.add(values + i);
            order.add(new Direction(written.charAt(2 * i) == 'd', written.charAt(2 * i + 1) == 'f'));
        }
        if (distinct && !order.isEmpty()) {
            checkDistinct(function, columns.stream().map(arguments::get).toList(), order.size());
        }
        return new CallArguments(function, columns, constants, order).settled();
    }

    /// A value that is listed once has one place only if the order is that of the values.
    private static void checkDistinct(String function, List<Expression> read, int keys) {
        Expression value = read.getFirst();
        boolean same = read.subList(read.size() - keys, read.size()).stream()
                .allMatch(key -> key.equals(value) || (value instanceof Cast cast && key.equals(cast.input())));
        if (!same) {
            throw new InvalidQuery("THW-3261", function + "(DISTINCT …) is ordered by something else than its values,"
                    + " so that a value has no one place. Order by the values themselves, or leave DISTINCT out.");
        }
    }

    private CallArguments settled() {
        return switch (function) {
            case "median" -> new CallArguments("percentile", columns, List.of(new Literal(0.5, Simple.DOUBLE)), order);
            case "percentile", "percentile_approx" -> {
                checkShares();
                yield this;
            }
            case "percentile_cont", "percentile_disc" -> {
                checkShares();
                yield ofOneKey();
            }
            case "mode" -> order.isEmpty() ? new CallArguments(function, columns, List.of(), order) : ofOneKey();
            default -> this; // a rule: every other function takes its arguments as they are
        };
    }

    /// `f(…) WITHIN GROUP (ORDER BY x DESC)` is a function of `x`, and whether it descends is a constant.
    private CallArguments ofOneKey() {
        if (order.size() != 1) {
            throw new InvalidQuery("THW-3263", function + "() takes one column in WITHIN GROUP (ORDER BY …), not "
                    + order.size() + ".");
        }
        List<Literal> all = new ArrayList<>(constants);
        all.add(new Literal(order.getFirst().descending(), Simple.BOOLEAN));
        return new CallArguments(function, List.of(columns.getLast()), all, List.of());
    }

    private void checkShares() {
        Object value = constants.getFirst().value();
        List<?> shares = value instanceof List<?> list ? list : List.of(value == null ? -1.0 : value);
        for (Object share : shares) {
            double number = share == null ? -1 : ((Number) share).doubleValue();
            if (!(number >= 0 && number <= 1)) {
                throw new InvalidQuery("THW-3262", function + "() takes a share between 0 and 1, not " + share
                        + ". The median is 0.5.");
            }
        }
    }

    private static Literal constant(String function, Expression argument) {
        Optional<@Nullable Object> value = valueOf(argument);
        if (value.isEmpty() && !(argument instanceof Literal)) {
            throw new InvalidQuery("THW-3260", "An argument of " + function + "() must be a constant, the same for all"
                    + " rows, such as 0.5. Write it as a literal.");
        }
        return new Literal(value.orElse(null), argument.type());
    }

    private static Optional<@Nullable Object> valueOf(Expression expression) {
        return switch (expression) {
            case Literal literal -> Optional.ofNullable(literal.value());
            case Cast cast -> valueOf(cast.input()).flatMap(value -> as(cast.type(), value));
            case Call call when call.function().equals("array") -> list(call);
            case Call call when call.function().equals("negative") ->
                    valueOf(call.arguments().getFirst()).map(value -> -((Number) value).doubleValue());
            default -> Optional.empty(); // a rule: whatever else is computed is no constant
        };
    }

    private static Optional<@Nullable Object> list(Call call) {
        List<Object> values = new ArrayList<>();
        for (Expression each : call.arguments()) {
            Optional<@Nullable Object> value = valueOf(each);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.add(value.get());
        }
        return Optional.of(values);
    }

    private static Optional<@Nullable Object> as(DataType type, Object value) {
        if (type instanceof ArrayOf(DataType element, _) && value instanceof List<?> list) {
            List<Object> converted = new ArrayList<>();
            for (Object each : list) {
                as(element, each).ifPresent(converted::add);
            }
            return Optional.of(converted);
        }
        if (type == Simple.DOUBLE && value instanceof String text) { // a program's 0.25 is a text that is cast
            return Optional.of(Double.parseDouble(text));
        }
        if (!(value instanceof Number number)) {
            return Optional.of(value);
        }
        return Optional.of(switch (type) {
            case Simple.DOUBLE -> number.doubleValue();
            case Simple.BIGINT -> new BigDecimal(number.toString()).longValue();
            case Simple.INT -> new BigDecimal(number.toString()).intValue();
            default -> number; // a rule: other numbers are read by their value
        });
    }
}
