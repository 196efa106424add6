package dev.thalweg.api.java.function;

import java.io.Serializable;

/// Does something with two values, such as the rows of a trigger and its number.
@FunctionalInterface
public interface VoidFunction2<T, U> extends Serializable {
    void call(T first, U second) throws Exception;
}
