package dev.thalweg.execution.trigger;

import dev.thalweg.spi.error.Corrupted;
import dev.thalweg.state.log.ChangesPayload;
import dev.thalweg.state.log.LogRecord;
import dev.thalweg.state.log.RecordType;
import dev.thalweg.state.log.RecoveryReport;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads from the log how a query goes on after a stop or a crash (DESIGN §5).
///
/// What is on record for the last trigger N, and what the outlet says it has committed, decide: a committed N is done; an N
/// that any outlet has is never run again, only finished; any other N runs again, with its recorded offsets, clock and
/// seed.
sealed interface Recovery {
    /// Nothing was ever run.
    record Fresh() implements Recovery {}

    /// Trigger N is done, or is done once its outlets have committed.
    ///
    /// @param isCommitted whether COMMIT N stands in the log
    record Resume(TriggerRecord last, Map<Integer, Long> watermarks, boolean isCommitted) implements Recovery {}

    /// Trigger N is to run again.
    ///
    /// @param before the trigger before it, from whose offsets its ranges begin
    record Again(TriggerRecord last, Optional<TriggerRecord> before) implements Recovery {}

    /// The trigger that was run last, whose settings the query goes on with.
    default Optional<TriggerRecord> lastRun() {
        return switch (this) {
            case Fresh _ -> Optional.empty();
            case Resume resume -> Optional.of(resume.last());
            case Again again -> Optional.of(again.last());
        };
    }

    /// The version of the state to restore: trigger N yields version N + 1.
    default long version() {
        return switch (this) {
            case Fresh _ -> 0;
            case Resume resume -> resume.last().number() + 1;
            case Again again -> again.last().number();
        };
    }

    /// Decides where a query goes on from: which trigger to run again, and whether to hand its output over.
    ///
    /// @param outletCommitted the last trigger that the outlet has, where it can tell
    /// @param outletIsState the outlet is part of the state and has what the state has
    static Recovery of(RecoveryReport log, OptionalLong outletCommitted, boolean outletIsState) {
        Optional<LogRecord> last = log.last(RecordType.TRIGGER);
        if (last.isEmpty()) {
            refuseLostLog(outletCommitted);
            return new Fresh();
        }
        TriggerRecord record = record(last.get());
        long number = record.number();
        boolean isCommitted = log.last(RecordType.COMMIT, number).isPresent();
        Optional<LogRecord> changes = log.last(RecordType.CHANGES, number);
        boolean outletHasIt = outletIsState || (outletCommitted.isPresent() && outletCommitted.getAsLong() >= number);
        checkOutlet(outletCommitted, number, isCommitted || changes.isPresent());
        if (changes.isPresent() && (isCommitted || outletHasIt)) {
            return new Resume(record, TriggerRecord.parseWatermarks(ChangesPayload.json(changes.get())), isCommitted);
        }
        return new Again(record, number == 0
                ? Optional.empty()
                : log.last(RecordType.TRIGGER, number - 1).map(Recovery::record));
    }

    private static void refuseLostLog(OptionalLong committed) {
        if (committed.isPresent()) {
            throw new Corrupted("THW-5063", "The sink has trigger " + committed.getAsLong()
                    + " of this query, but the checkpoint's log holds none at all: it was lost. Restore the checkpoint"
                    + " that belongs to the output, or start with a new checkpoint and a new place for the output.");
        }
    }

    private static void checkOutlet(OptionalLong committed, long number, boolean isDurable) {
        if (committed.isPresent()
                && (committed.getAsLong() > number || (committed.getAsLong() == number && !isDurable))) {
            throw new Corrupted("THW-5063", "The sink has trigger " + committed.getAsLong()
                    + " of this query, but the checkpoint's log ends before it was durable (its last trigger is "
                    + number + "). The checkpoint is older than the output: restore the newer checkpoint, or start with"
                    + " a new checkpoint and a new place for the output.");
        }
    }

    private static TriggerRecord record(LogRecord log) {
        return TriggerRecord.parse(StandardCharsets.UTF_8.decode(log.payload().duplicate()).toString());
    }
}
