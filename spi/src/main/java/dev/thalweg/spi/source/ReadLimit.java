package dev.thalweg.spi.source;

/// How much a trigger may take of a source at the most. The source's own options (`maxFilesPerTrigger`) bind as well.
///
/// @param rows at the most, or `Long.MAX_VALUE`
/// @param clockMillis the trigger's recorded clock, for sources whose data grows with time
/// @param ignoreOptions true when a run wants all there is in one trigger (`Once`, a batch query)
/// @param goesByNews nobody waits for all there is at this moment: a source that is told of what appears need not look itself
public record ReadLimit(long rows, long clockMillis, boolean ignoreOptions, boolean goesByNews) {
    public static ReadLimit none(long clockMillis) {
        return new ReadLimit(Long.MAX_VALUE, clockMillis, false, false);
    }

    public static ReadLimit everything(long clockMillis) {
        return new ReadLimit(Long.MAX_VALUE, clockMillis, true, false);
    }

    /// For a query that goes on and on.
    public static ReadLimit news(long clockMillis) {
        return new ReadLimit(Long.MAX_VALUE, clockMillis, false, true);
    }

    public long cap(long available) {
        return Math.min(rows, available);
    }
}
