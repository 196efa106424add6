package dev.thalweg.api.java;

import org.jspecify.annotations.Nullable;

/// A function of 18 values.
@FunctionalInterface
public interface UDF18<T1 extends @Nullable Object, T2 extends @Nullable Object, T3 extends @Nullable Object, T4 extends @Nullable Object, T5 extends @Nullable Object, T6 extends @Nullable Object, T7 extends @Nullable Object, T8 extends @Nullable Object, T9 extends @Nullable Object, T10 extends @Nullable Object, T11 extends @Nullable Object, T12 extends @Nullable Object, T13 extends @Nullable Object, T14 extends @Nullable Object, T15 extends @Nullable Object, T16 extends @Nullable Object, T17 extends @Nullable Object, T18 extends @Nullable Object, R extends @Nullable Object>
        extends
            UDF {
    @Nullable
    R call(T1 t1, T2 t2, T3 t3, T4 t4, T5 t5, T6 t6, T7 t7, T8 t8, T9 t9, T10 t10, T11 t11, T12 t12, T13 t13, T14 t14,
            T15 t15, T16 t16, T17 t17, T18 t18) throws Exception;

    @Override
    default int arity() {
        return 18;
    }

    @Override
    @SuppressWarnings("unchecked") // the program knows what its columns are
    default @Nullable Object apply(@Nullable Object[] arguments) throws Exception {
        return call((T1) arguments[0], (T2) arguments[1], (T3) arguments[2], (T4) arguments[3], (T5) arguments[4],
                (T6) arguments[5], (T7) arguments[6], (T8) arguments[7], (T9) arguments[8], (T10) arguments[9],
                (T11) arguments[10], (T12) arguments[11], (T13) arguments[12], (T14) arguments[13], (T15) arguments[14],
                (T16) arguments[15], (T17) arguments[16], (T18) arguments[17]);
    }
}
