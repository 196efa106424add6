package dev.thalweg.tests.differential;

import java.util.List;

/// When an expression is found to be wrong: before it is run, or by the values that it meets.
enum ErrorKind {
    PLANNING, RUNNING,
    /// Only we say so: a function that we lack.
    MISSING;

    /// Spark's names of errors of its analyser and its parser begin so; every other is one of a run.
    private static final List<String> OF_SPARKS_ANALYSER = List.of("DATATYPE_MISMATCH", "WRONG_NUM_ARGS", "UNRESOLVED",
            "UNSUPPORTED_GROUPING_EXPRESSION", "INVALID_TYPED_LITERAL", "INVALID_EXTRACT_FIELD",
            "INVALID_FORMAT.UNEXPECTED_TOKEN", "INVALID_LAMBDA_FUNCTION_CALL", "PARSE_MODE_UNSUPPORTED",
            "PARSE_SYNTAX_ERROR", "COLLATION_INVALID_NAME", "INVALID_SCHEMA", "UNSUPPORTED_DATATYPE",
            "NESTED_AGGREGATE_FUNCTION", "INVALID_EXTRACT_BASE_FIELD_TYPE", "UNSUPPORTED_CHAR_OR_VARCHAR_AS_STRING",
            "WINDOW_FUNCTION", "MISSING_WINDOW", "DISTINCT_WINDOW_FUNCTION_UNSUPPORTED",
            "INVALID_INTERVAL_FORMAT.ARITHMETIC_EXCEPTION", "_LEGACY_ERROR_TEMP_0029");
    /// Unknown, and known but not built.
    private static final List<String> OF_MISSING_FUNCTIONS = List.of("THW-1106", "THW-1261", "THW-3140");

    /// @param name that Spark gives to the error
    static ErrorKind ofSpark(String name) {
        return OF_SPARKS_ANALYSER.stream().anyMatch(name::startsWith) ? PLANNING : RUNNING;
    }

    /// @param error as [OurAnswer] writes it, its code first
    static ErrorKind ofOurs(String error) {
        if (OF_MISSING_FUNCTIONS.stream().anyMatch(error::startsWith)) {
            return MISSING;
        }
        return error.startsWith("THW-4") ? RUNNING : PLANNING;
    }
}
