package dev.thalweg.source.nexmark;

/// When event n happens: `eventsPerSecond` of them a second of event time, from `baseMicros` on.
record EventClock(long baseMicros, long eventsPerSecond) {
    private static final long MICROS = 1_000_000;

    long microsOf(long event) {
        return baseMicros + event / eventsPerSecond * MICROS + event % eventsPerSecond * MICROS / eventsPerSecond;
    }

    /// How many events have happened by then.
    long eventsBy(long micros) {
        long elapsed = micros - baseMicros;
        if (elapsed < 0) {
            return 0;
        }
        return elapsed / MICROS * eventsPerSecond + elapsed % MICROS * eventsPerSecond / MICROS + 1;
    }
}
