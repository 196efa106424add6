package dev.thalweg.execution.trigger;

import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.state.log.DurableStep;
import dev.thalweg.state.log.RecordType;
import java.nio.ByteBuffer;
import java.util.List;

/// Puts triggers on record and commits them: all that is written to the log, and the order of it.
///
/// **Thread** one at a time: the trigger thread, and for [#commit] the one that a trigger in flight was handed to.
final class Committer {
    private final OpenQuery query;
    private final DurableStep.Listener steps;

    Committer(OpenQuery query, DurableStep.Listener steps) {
        this.query = query;
        this.steps = steps;
    }

    /// What acts at once has its trigger on record, durably, before it acts.
    void recordFirst(TriggerRunner.Attempt attempt) {
        if (!attempt.isRecorded() && query.actsAtOnce()) {
            appendTrigger(attempt);
            query.log().sync(attempt.number());
            attempt.timer().lap("walCommit");
        }
    }

    private void appendTrigger(TriggerRunner.Attempt attempt) {
        query.checkpoint().directory().checkHeld();
        query.inputs().forEach(SourceInput::settle);
        query.log().append(RecordType.TRIGGER, attempt.number(), attempt.record().json());
    }

    /// Appends what is not on record yet, to be made durable by [#commit].
    void append(TriggerRunner.Attempt attempt, List<ByteBuffer> changes) {
        orTakeBack(attempt, () -> {
            if (isNoticedLast(attempt)) {
                appendTrigger(attempt);
            }
            query.log().append(RecordType.CHANGES, attempt.number(), changes);
        });
        attempt.timer().lap("walCommit");
    }

    /// Whether TRIGGER stands right before CHANGES, and nothing has acted on it before.
    private boolean isNoticedLast(TriggerRunner.Attempt attempt) {
        return !attempt.isRecorded() && !query.actsAtOnce();
    }

    /// Where a trigger cannot be made durable, and nothing has acted on it, no trace of it is left: the next start decides anew
    /// what it takes.
    private void orTakeBack(TriggerRunner.Attempt attempt, Runnable step) {
        try {
            step.run();
        } catch (Unavailable e) {
            if (isNoticedLast(attempt)) {
                query.log().takeBack(attempt.number());
            }
            throw e;
        }
    }

    /// Makes the trigger durable, then visible.
    void commit(TriggerRunner.Attempt attempt) {
        try {
            attempt.timer().resume();
            orTakeBack(attempt, () -> query.log().sync(attempt.number()));
            attempt.timer().lap("walCommit");
            show(attempt.number());
            attempt.timer().lap("commitOffsets");
        } catch (RuntimeException e) {
            throw OperatorFailure.located(e, query.place(attempt.number()), query.budget());
        }
    }

    /// What is left to do for a trigger that is durable: also recovery's, where it is not committed everywhere.
    void show(long number) {
        query.outlet().commit(number);
        steps.reached(DurableStep.SINK_COMMITTED, number);
        query.log().append(RecordType.COMMIT, number, List.of());
    }
}
