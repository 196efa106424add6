package dev.thalweg.api.java;

import org.jspecify.annotations.Nullable;

/// A function of no value.
@FunctionalInterface
public interface UDF0<R extends @Nullable Object> extends UDF {
    @Nullable
    R call() throws Exception;

    @Override
    default int arity() {
        return 0;
    }

    @Override
    default @Nullable Object apply(@Nullable Object[] arguments) throws Exception {
        return call();
    }
}
