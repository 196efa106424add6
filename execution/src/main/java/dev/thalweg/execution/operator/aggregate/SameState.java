package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.planner.incremental.AggregateCall;
import dev.thalweg.spi.data.Field;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.FieldVector;

/// A call that reads its result off the state of another one, as an average does off the sum of the same values.
///
/// State: none of its own. No family has anything beside its fixed part, so there is nothing to settle, to forget or to close.
///
/// @param reader of that state, which never changes it
record SameState(Accumulator reader) implements Accumulator {
    /// What calls have in common whose states are the same, as long as they take the same rows.
    private record Family(String name, List<Integer> arguments, Optional<Integer> filter) {}

    /// Whether two calls keep the same.
    static boolean is(AggregateCall left, AggregateCall right) {
        Optional<Family> family = family(left);
        return family.isPresent() && family.equals(family(right));
    }

    private static Optional<Family> family(AggregateCall call) {
        if (call.distinct() || call.user().isPresent()) {
            return Optional.empty();
        }
        String name = switch (call.function()) {
            case "sum", "try_sum", "avg", "try_avg" -> "sums";
            case "var_pop", "var_samp", "variance", "stddev_pop", "stddev_samp", "stddev", "std" -> "moments";
            case "skewness", "kurtosis" -> "higher moments";
            case "corr", "covar_pop", "covar_samp", "regr_avgx", "regr_avgy", "regr_count", "regr_intercept", "regr_r2",
                    "regr_slope", "regr_sxx", "regr_sxy", "regr_syy" ->
                    "pairs";
            default -> ""; // a rule: other calls keep what is theirs alone
        };
        return name.isEmpty() ? Optional.empty() : Optional.of(new Family(name, call.arguments(), call.filter()));
    }

    @Override
    public int valueBytes() {
        return 0;
    }

    @Override
    public void add(CallRows rows) {}

    @Override
    public void merge(CallRows rows, long[] partial) {}

    @Override
    public void writeResult(GroupStates groups, Field field, FieldVector into) {
        reader.writeResult(groups, field, into);
    }
}
