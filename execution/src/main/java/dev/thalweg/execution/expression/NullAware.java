package dev.thalweg.execution.expression;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a scalar function that sees NULL arguments itself: its parameters are boxed and nullable. Any other function is
/// not called when an argument is NULL, and the result is NULL.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface NullAware {
}
