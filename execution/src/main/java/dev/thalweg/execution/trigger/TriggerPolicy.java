package dev.thalweg.execution.trigger;

import java.time.Duration;

/// When a query looks for new data.
public sealed interface TriggerPolicy {
    /// Whenever there is some: the default.
    record AsSoonAsPossible() implements TriggerPolicy {}

    /// At most once an interval, at whole multiples of it by the engine's clock.
    record ProcessingTime(Duration interval) implements TriggerPolicy {
        public ProcessingTime {
            if (interval.isNegative() || interval.isZero()) {
                throw new IllegalArgumentException("interval " + interval);
            }
        }
    }

    /// All data there is now, in as many triggers as the sources' limits ask for; then the query ends.
    record AvailableNow() implements TriggerPolicy {}

    /// All data there is now in one trigger, whatever limits the sources have; then the query ends.
    record Once() implements TriggerPolicy {}

    /// Only when [QueryRun#runTrigger] or [QueryRun#processAllAvailable] asks: for tests and tools that keep time themselves.
    record Manual() implements TriggerPolicy {}

    /// Whether the query ends by itself when it has taken what there is.
    default boolean endsWithInput() {
        return this instanceof AvailableNow || this instanceof Once;
    }
}
