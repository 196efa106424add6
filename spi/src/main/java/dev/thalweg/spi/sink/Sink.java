package dev.thalweg.spi.sink;

import java.util.OptionalLong;

/// Where results go: stages the output of a trigger, then commits it exactly once.
///
/// For trigger N the engine asks for [#begin], writes, calls [SinkWriter#stage] (after which the output survives a crash),
/// makes N durable in its own log and then calls [#commit]. `commit(N)` may come again after a crash and must then change
/// nothing. Output staged for a trigger that will run again is deleted by the next [#begin] of that trigger.
///
/// **Thread** One at a time: the query's trigger thread, and for [#commit] perhaps another, while the trigger thread reads what the next
/// trigger will give. It has returned before the next [#begin].
public interface Sink extends AutoCloseable {
    /// The last trigger this sink has committed, asked at recovery. Empty when it has none or cannot tell.
    OptionalLong lastCommitted();

    /// Whether [#lastCommitted] can be trusted. Sinks that cannot tell (console, foreachBatch) see the same trigger again.
    boolean isTransactional();

    /// Whether output leaves the process while it is written, so that the trigger must be durable before it runs.
    default boolean actsAtOnce() {
        return false;
    }

    /// Opens the output of one trigger.
    SinkWriter begin(TriggerInfo trigger);

    void commit(long trigger);

    /// A few words for people, such as `json[out/daily]`.
    String description();

    @Override
    void close();
}
