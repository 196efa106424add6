package dev.thalweg.api.java;

import org.jspecify.annotations.Nullable;

/// A function of four values.
@FunctionalInterface
public interface UDF4<T1 extends @Nullable Object, T2 extends @Nullable Object, T3 extends @Nullable Object, T4 extends @Nullable Object, R extends @Nullable Object>
        extends
            UDF {
    @Nullable
    R call(T1 t1, T2 t2, T3 t3, T4 t4) throws Exception;

    @Override
    default int arity() {
        return 4;
    }

    @Override
    @SuppressWarnings("unchecked") // the program knows what its columns are
    default @Nullable Object apply(@Nullable Object[] arguments) throws Exception {
        return call((T1) arguments[0], (T2) arguments[1], (T3) arguments[2], (T4) arguments[3]);
    }
}
