package dev.thalweg.execution.expression;

/// A value in generated code: a variable or a literal, which may be read any number of times.
///
/// @param code Java expression without effects; meaningless while the value is NULL
/// @param isNull `true`, `false` or a boolean variable
record Value(String code, String isNull, Kind kind) {
    static final String NEVER = "false";
    static final String ALWAYS = "true";

    boolean isNeverNull() {
        return isNull.equals(NEVER);
    }

    boolean isAlwaysNull() {
        return isNull.equals(ALWAYS);
    }
}
