package dev.thalweg.api.java.function;

import java.io.Serializable;

/// Makes a value of three.
@FunctionalInterface
public interface Function3<T1, T2, T3, R> extends Serializable {
    R call(T1 first, T2 second, T3 third);
}
