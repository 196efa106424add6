package dev.thalweg.api.java;

import org.jspecify.annotations.Nullable;

/// A function of six values.
@FunctionalInterface
public interface UDF6<T1 extends @Nullable Object, T2 extends @Nullable Object, T3 extends @Nullable Object, T4 extends @Nullable Object, T5 extends @Nullable Object, T6 extends @Nullable Object, R extends @Nullable Object>
        extends
            UDF {
    @Nullable
    R call(T1 t1, T2 t2, T3 t3, T4 t4, T5 t5, T6 t6) throws Exception;

    @Override
    default int arity() {
        return 6;
    }

    @Override
    @SuppressWarnings("unchecked") // the program knows what its columns are
    default @Nullable Object apply(@Nullable Object[] arguments) throws Exception {
        return call((T1) arguments[0], (T2) arguments[1], (T3) arguments[2], (T4) arguments[3], (T5) arguments[4],
                (T6) arguments[5]);
    }
}
