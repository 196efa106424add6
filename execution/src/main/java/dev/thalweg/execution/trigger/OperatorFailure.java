package dev.thalweg.execution.trigger;

import dev.thalweg.execution.memory.MemoryBudget;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.spi.error.Corrupted;
import dev.thalweg.spi.error.Defect;
import dev.thalweg.spi.error.InvalidOption;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.error.ThalwegException;
import dev.thalweg.spi.error.Unavailable;
import org.apache.arrow.memory.OutOfMemoryException;

/// Carries an error from the node where it happened to the trigger that can say which query and trigger it was.
final class OperatorFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient String operator;

    private OperatorFailure(String operator, RuntimeException cause) {
        super(cause);
        this.operator = operator;
    }

    /// The innermost node wins: an error that already knows its place is passed on.
    static RuntimeException at(PlanNode node, RuntimeException error) {
        return in(node.getClass().getSimpleName(), error);
    }

    static RuntimeException reading(String split, RuntimeException error) {
        return in("Scan of " + split, error);
    }

    /// @param part of the query that is no node, such as `Sink json[out]`
    static RuntimeException in(String part, RuntimeException error) {
        return error instanceof OperatorFailure || error instanceof TriggerCancelled
                ? error
                : new OperatorFailure(part, error);
    }

    /// The user's error: the same kind and code, with the place it happened.
    ///
    /// @param place such as `query 'clicks', trigger 17`
    static ThalwegException located(Throwable error, String place, MemoryBudget budget) {
        String operator = error instanceof OperatorFailure failure ? failure.operator : "";
        Throwable cause = error instanceof OperatorFailure ? error.getCause() : error;
        String where = operator.isEmpty() ? place : operator + " of " + place;
        return switch (cause) {
            case InvalidQuery e -> new InvalidQuery(e.code(), message(e, where), e);
            case InvalidOption e -> e;
            case Unavailable e -> new Unavailable(e.code(), message(e, where), e);
            case Corrupted e -> new Corrupted(e.code(), message(e, where), e);
            case Defect e -> new Defect(e.code(), message(e, where), e);
            case OutOfMemoryException e -> budget.exceeded(where, e);
            case null, default -> unexpected(cause == null ? error : cause, where);
        };
    }

    /// What is no error of ours: the heap or a stack that was too small for a value, else a defect.
    static ThalwegException unexpected(Throwable error, String where) {
        return switch (error) {
            case OutOfMemoryError e -> new Unavailable("THW-4027", "Out of heap memory in " + where + ": "
                    + e.getMessage()
                    + ". A value is too large, or the heap is too small: see which function makes large values, or raise"
                    + " -Xmx (JAVA_TOOL_OPTIONS=-Xmx8g).", e);
            case StackOverflowError e -> new Unavailable("THW-4028", "An expression or a value in " + where
                    + " is nested too deeply for the stack. Nest less, or raise -Xss (JAVA_TOOL_OPTIONS=-Xss16m).", e);
            default -> new Defect("THW-9010", "Unexpected error in " + where + ": " + error
                    + ". Please send us the query and this stack trace.", error);
        };
    }

    private static String message(ThalwegException error, String where) {
        String message = String.valueOf(error.getMessage());
        String tail = "  [" + error.code() + "]";
        String bare = message.endsWith(tail) ? message.substring(0, message.length() - tail.length()) : message;
        return bare.contains(where) ? bare : bare + "\nIn " + where + ".";
    }
}
