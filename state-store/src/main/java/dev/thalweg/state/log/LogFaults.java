package dev.thalweg.state.log;

/// Ways in which tests make the log misbehave, to see that they would notice. Handed in at construction; [#NONE] otherwise.
///
/// @param losesUnsynced what was appended since the last sync is held in memory, so that killing the process loses it as a
///        power failure would
/// @param skipsSync a sync does nothing: with `losesUnsynced`, a log whose syncs are in the wrong place
/// @param recordBytesMax a longer record is refused, as one of gigabytes is
/// @param diskBytes a segment that would grow longer finds the disk full
/// @param losesCommits no COMMIT is ever written, so that a start takes the last trigger for one that was not finished
/// @param restoresNothing a start goes on from the offsets and watermarks on record, with empty state
public record LogFaults(boolean losesUnsynced, boolean skipsSync, long recordBytesMax, long diskBytes,
        boolean losesCommits, boolean restoresNothing) {
    public static final LogFaults NONE = new LogFaults(false, false);

    public LogFaults(boolean losesUnsynced, boolean skipsSync) {
        this(losesUnsynced, skipsSync, Long.MAX_VALUE, Long.MAX_VALUE, false, false);
    }

    /// No COMMIT is ever written.
    public static LogFaults losingCommits() {
        return new LogFaults(false, false, Long.MAX_VALUE, Long.MAX_VALUE, true, false);
    }

    /// Offsets and watermarks outlive a stop, state does not.
    public static LogFaults restoringNothing() {
        return new LogFaults(false, false, Long.MAX_VALUE, Long.MAX_VALUE, false, true);
    }

    /// No record may be longer than that.
    public static LogFaults refusingRecordsOver(long bytes) {
        return new LogFaults(false, false, bytes, Long.MAX_VALUE, false, false);
    }

    /// No segment can grow longer than that.
    public static LogFaults diskOf(long bytes) {
        return new LogFaults(false, false, Long.MAX_VALUE, bytes, false, false);
    }
}
