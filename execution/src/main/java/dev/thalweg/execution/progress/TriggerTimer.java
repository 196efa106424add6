package dev.thalweg.execution.progress;

import dev.thalweg.execution.progress.QueryProgress.Durations;
import java.util.LinkedHashMap;
import java.util.Map;

/// Measures the parts of a trigger, one after the other.
///
/// **Thread** one at a time: a trigger's last parts may be another's than the first.
public final class TriggerTimer {
    private final Map<String, Long> nanos = new LinkedHashMap<>();
    private final long begin = System.nanoTime();
    private long last = begin;

    /// The time since the last call goes to this part.
    public void lap(String part) {
        long now = System.nanoTime();
        nanos.merge(part, now - last, Long::sum);
        last = now;
    }

    /// The time since the last call goes to no part: the trigger has waited.
    public void resume() {
        last = System.nanoTime();
    }

    /// The trigger ended with its last part.
    public Durations stop() {
        nanos.put("triggerExecution", last - begin);
        return new Durations(nanos);
    }
}
