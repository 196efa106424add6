package dev.thalweg.execution.expression;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a scalar function that says what the trigger's clock shows: the same for every row of a trigger, so it is computed once a
/// batch, and something else in the next.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OfTheClock {
}
