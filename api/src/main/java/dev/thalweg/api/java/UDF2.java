package dev.thalweg.api.java;

import org.jspecify.annotations.Nullable;

/// A function of two values.
@FunctionalInterface
public interface UDF2<T1 extends @Nullable Object, T2 extends @Nullable Object, R extends @Nullable Object>
        extends
            UDF {
    @Nullable
    R call(T1 t1, T2 t2) throws Exception;

    @Override
    default int arity() {
        return 2;
    }

    @Override
    @SuppressWarnings("unchecked") // the program knows what its columns are
    default @Nullable Object apply(@Nullable Object[] arguments) throws Exception {
        return call((T1) arguments[0], (T2) arguments[1]);
    }
}
