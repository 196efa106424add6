package dev.thalweg.execution.expression;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a scalar function that gives another value each time, such as `rand`: its calls are neither shared nor computed
/// ahead of the rows.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface NonDeterministic {
}
