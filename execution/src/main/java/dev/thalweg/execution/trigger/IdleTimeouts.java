package dev.thalweg.execution.trigger;

import java.util.Map;

/// After how long an input that brings nothing is idle: a union or a join then goes on without it.
///
/// @param millis of inputs that say nothing of their own; 0: they are never idle
/// @param ofTable by the name of the stream, where it has the option `idleTimeout`
public record IdleTimeouts(long millis, Map<String, Long> ofTable) {
    public static final IdleTimeouts NONE = new IdleTimeouts(0, Map.of());

    public IdleTimeouts {
        ofTable = Map.copyOf(ofTable);
    }

    long of(String table) {
        return ofTable.getOrDefault(table, millis);
    }
}
