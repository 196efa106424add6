package dev.thalweg.execution.operator;

/// An operator whose keys are made when the trigger ends: what of them has lived its time it looks for itself, behind that.
public interface Forgetful extends Operator {
    /// Takes back what it gave of the keys whose time is over, and lets go of them. After [#advance].
    void forget(UsedKeys keys, Downstream out);
}
