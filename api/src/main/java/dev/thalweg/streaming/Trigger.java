package dev.thalweg.streaming;

import dev.thalweg.execution.trigger.TriggerPolicy;
import dev.thalweg.parser.StatementParser;
import dev.thalweg.spi.error.InvalidOption;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// When a query looks for new data. Without one, as soon as there is some.
public final class Trigger {
    private final TriggerPolicy policy;

    private Trigger(TriggerPolicy policy) {
        this.policy = policy;
    }

    /// At most once an interval; 0 means as soon as there is data.
    public static Trigger ProcessingTime(long interval, TimeUnit unit) {
        return processingTime(Duration.of(interval, unit.toChronoUnit()));
    }

    public static Trigger ProcessingTime(long intervalMillis) {
        return processingTime(Duration.ofMillis(intervalMillis));
    }

    /// A trigger every so often.
    ///
    /// @param interval such as `10 seconds`
    public static Trigger ProcessingTime(String interval) {
        return processingTime(Duration.of(StatementParser.parseIntervalMicros(interval), ChronoUnit.MICROS));
    }

    private static Trigger processingTime(Duration interval) {
        if (interval.isNegative()) {
            throw new InvalidOption("trigger", interval, "an interval of 0 or more, such as 10 seconds");
        }
        return new Trigger(interval.isZero()
                ? new TriggerPolicy.AsSoonAsPossible()
                : new TriggerPolicy.ProcessingTime(interval));
    }

    /// All data there is now, in as many triggers as the sources' limits ask for; then the query ends.
    public static Trigger AvailableNow() {
        return new Trigger(new TriggerPolicy.AvailableNow());
    }

    /// All data there is now in one trigger; then the query ends.
    public static Trigger Once() {
        return new Trigger(new TriggerPolicy.Once());
    }

    /// As the setting `thalweg.trigger` writes it: `asSoonAsPossible`, `availableNow`, `once`, or an interval.
    public static Trigger of(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "", "assoonaspossible", "default" -> new Trigger(new TriggerPolicy.AsSoonAsPossible());
            case "availablenow" -> AvailableNow();
            case "once" -> Once();
            default -> ProcessingTime(text);
        };
    }

    public TriggerPolicy policy() {
        return policy;
    }

    @Override
    public String toString() {
        return policy.toString();
    }
}
