package dev.thalweg.execution.expression;

import dev.thalweg.planner.incremental.Expression;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Which expressions already have a value at this point of the generated code, whatever branch led here. This is what makes a
/// common subexpression be computed once, and never earlier than the first place that surely needs it.
final class Scope {
    private final Deque<Map<Expression, Value>> branches = new ArrayDeque<>();

    Scope() {
        enter();
    }

    /// A branch begins: what is computed in it is not there after it.
    void enter() {
        branches.push(new HashMap<>());
    }

    void leave() {
        branches.pop();
    }

    Optional<Value> find(Expression expression) {
        for (Map<Expression, Value> branch : branches) {
            Value value = branch.get(expression);
            if (value != null) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    void put(Expression expression, Value value) {
        branches.element().put(expression, value);
    }
}
