package dev.thalweg.execution.operator;

/// Event time below which no row is owed on an edge, in microseconds.
///
/// @param micros `Long.MIN_VALUE` before any row has been seen or where no watermark is, `Long.MAX_VALUE` at the end of input
public record Watermark(long micros) {
    public static final Watermark NONE = new Watermark(Long.MIN_VALUE);
    public static final Watermark END = new Watermark(Long.MAX_VALUE);

    public boolean hasPassed(long timeMicros) {
        return timeMicros <= micros;
    }

    public Watermark max(Watermark other) {
        return micros >= other.micros ? this : other;
    }

    /// So far behind this one; the beginning and the end of time stay what they are.
    public Watermark behind(long lagMicros) {
        return lagMicros == 0 || micros == Long.MIN_VALUE || micros == Long.MAX_VALUE
                ? this
                : new Watermark(micros - lagMicros);
    }

    public Watermark min(Watermark other) {
        return micros <= other.micros ? this : other;
    }
}
