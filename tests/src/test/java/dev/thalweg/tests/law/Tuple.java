package dev.thalweg.tests.law;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A row on its way through the [Interpreter].
///
/// @param trigger in which it reached the place where it is
/// @param origin the row it was made from by stateless work, so that a row refused by several windows counts once
record Tuple(List<@Nullable Object> values, int trigger, Object origin) {
    /// What an operator gives that keeps rows is never late further on: its time is above the watermark that let it pass.
    private static final int NEVER_LATE = -1;

    static Tuple emitted(List<@Nullable Object> values) {
        return new Tuple(values, NEVER_LATE, new Object());
    }

    Tuple asEmitted() {
        return emitted(values);
    }

    @Nullable
    Object get(int column) {
        return values.get(column);
    }

    Tuple with(List<@Nullable Object> others) {
        return new Tuple(others, trigger, origin);
    }

    Tuple plus(List<? extends @Nullable Object> more) {
        List<@Nullable Object> all = new ArrayList<>(values);
        all.addAll(more);
        return with(all);
    }

    /// What operators with a memory emit is a row of its own.
    Tuple asNew() {
        return new Tuple(values, trigger, new Object());
    }
}
