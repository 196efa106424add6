package dev.thalweg.state.log;

/// Ways in which tests make the log misbehave, to see that they would notice. Handed in at construction; [#NONE] otherwise.
///
/// @param losesUnsynced what was appended since the last sync is held in memory, so that killing the process loses it as a
///        power failure would
/// @param skipsSync a sync does nothing: with `losesUnsynced`, a log whose syncs are in the wrong place
public record LogFaults(boolean losesUnsynced, boolean skipsSync) {
    public static final LogFaults NONE = new LogFaults(false, false);
}
