package dev.thalweg.api.java;

import org.jspecify.annotations.Nullable;

/// A function of one value.
@FunctionalInterface
public interface UDF1<T1 extends @Nullable Object, R extends @Nullable Object> extends UDF {
    @Nullable
    R call(T1 t1) throws Exception;

    @Override
    default int arity() {
        return 1;
    }

    @Override
    @SuppressWarnings("unchecked") // the program knows what its columns are
    default @Nullable Object apply(@Nullable Object[] arguments) throws Exception {
        return call((T1) arguments[0]);
    }
}
