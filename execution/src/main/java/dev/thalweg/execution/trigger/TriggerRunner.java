package dev.thalweg.execution.trigger;

import dev.thalweg.execution.operator.Watermark;
import dev.thalweg.execution.progress.QueryProgress;
import dev.thalweg.execution.progress.TriggerTimer;
import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.spi.sink.TriggerInfo;
import dev.thalweg.spi.source.ReadLimit;
import dev.thalweg.state.log.ChangesPayload;
import dev.thalweg.state.log.DurableStep;
import dev.thalweg.state.log.RecordType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;

/// Runs one trigger, in the order on which exactly-once rests (DESIGN §5):
///
/// 1. decide the offsets; run; the outlet stages its output under the trigger's number; collect the changes of state
/// 2. append TRIGGER and CHANGES, one sync for both; nothing is visible before. What acts at once has TRIGGER synced first
/// 3. the outlet commits
/// 4. append COMMIT; its sync rides on the next trigger's
///
/// **Cost** a trigger with nothing to do asks each source once and writes nothing. **Thread** the query's trigger thread.
/// **Errors** after any, the query is over: what was not committed is dropped with its state.
final class TriggerRunner {
    private final OpenQuery query;
    private final UUID id;
    private final DurableStep.Listener steps;
    private final TriggerReport report;
    private final LateRows late;
    private final Consumer<QueryProgress> progress;
    private long next;
    private long lastClockMillis = Long.MIN_VALUE;

    TriggerRunner(OpenQuery query, UUID id, DurableStep.Listener steps, Reporting reporting) {
        this.query = query;
        this.id = id;
        this.steps = steps;
        this.report = reporting.report();
        this.late = reporting.late();
        this.progress = reporting.progress();
    }

    /// Where a trigger tells what it did.
    record Reporting(TriggerReport report, LateRows late, Consumer<QueryProgress> progress) {}

    /// The number of the next trigger.
    long next() {
        return next;
    }

    /// @param last the trigger that was run last
    void resumeAfter(TriggerRecord last) {
        next = last.number() + 1;
        lastClockMillis = last.clockMillis();
    }

    /// Runs a trigger if there is anything new.
    ///
    /// @return whether one ran
    boolean runIfNew(ReadLimit limit) {
        TriggerTimer timer = new TriggerTimer();
        boolean isNew = next == 0 && !query.staticSplits().isEmpty();
        for (SourceInput<?> input : query.inputs()) {
            isNew |= input.aim(limit);
        }
        timer.lap("latestOffset");
        if (isNew) {
            run(record(limit.clockMillis(), false), timer);
        }
        return isNew;
    }

    boolean isAnythingNew(ReadLimit limit) {
        boolean isNew = false;
        for (SourceInput<?> input : query.inputs()) {
            isNew |= input.aim(limit);
        }
        return isNew;
    }

    /// The last trigger of an input that has ended: no rows, and time runs to its end.
    void runEnd(long clockMillis) {
        query.inputs().forEach(SourceInput::aimAtNothing);
        run(record(clockMillis, true), new TriggerTimer());
    }

    /// Runs a trigger again, just as it was recorded.
    void runAgain(TriggerRecord recorded) {
        for (int i = 0; i < recorded.offsets().size(); i++) {
            query.inputs().get(i).aim(recorded.offsets().get(i));
        }
        next = recorded.number();
        run(new Attempt(recorded, new TriggerTimer(), true));
    }

    /// The clock of triggers never goes back, also where a trigger takes what there was a moment ago.
    private TriggerRecord record(long atMillis, boolean isEnd) {
        long clockMillis = Math.max(atMillis, lastClockMillis);
        List<String> offsets = new ArrayList<>();
        query.inputs().forEach(input -> offsets.add(input.targetJson()));
        long seed = new SplittableRandom(id.getMostSignificantBits() ^ id.getLeastSignificantBits() ^ next).nextLong();
        return new TriggerRecord(next, offsets, clockMillis, seed, query.edges().recordBefore(), isEnd,
                query.checkpoint().zone().getId(), query.edges().policy(), query.tasks().size(),
                query.staticVersions());
    }

    private void run(TriggerRecord record, TriggerTimer timer) {
        run(new Attempt(record, timer, false));
    }

    /// @param isRecorded the log holds the TRIGGER record already
    private record Attempt(TriggerRecord record, TriggerTimer timer, boolean isRecorded) {
        long number() {
            return record.number();
        }
    }

    private void run(Attempt attempt) {
        try {
            boolean first = !attempt.isRecorded() && query.actsAtOnce();
            if (first) {
                appendTrigger(attempt);
                query.log().sync(attempt.number());
                attempt.timer().lap("walCommit");
            }
            long[] rows = flow(attempt);
            List<ByteBuffer> changes = changes(attempt); // before TRIGGER: what cannot be written must not run again for ever
            append(attempt, changes, !first && !attempt.isRecorded());
            commit(attempt, rows);
        } catch (TriggerCancelled e) {
            throw e;
        } catch (RuntimeException e) {
            throw OperatorFailure.located(e, query.place(attempt.number()), query.budget());
        }
    }

    private void appendTrigger(Attempt attempt) {
        query.checkpoint().directory().checkHeld();
        query.inputs().forEach(SourceInput::settle);
        query.log().append(RecordType.TRIGGER, attempt.number(), attempt.record().json());
    }

    /// Reads and computes; afterwards the output is staged.
    private long[] flow(Attempt attempt) {
        TriggerRecord record = attempt.record();
        query.state().begin();
        List<SplitWork> splits = new ArrayList<>(record.number() == 0 ? query.staticSplits() : List.of());
        query.inputs().forEach(input -> splits.addAll(input.splits()));
        attempt.timer().lap("getBatch");
        Outlet outlet = query.outlet();
        outlet.begin(record.number());
        if (record.isEnd()) {
            query.edges().end();
        }
        long[] rows = query.dataflow().run(new Dataflow.Run(splits, query.inputs().size(),
                Math.multiplyExact(record.clockMillis(), 1_000L), record.seed(), query.spec().settings().waveBytesMax(),
                outlet::take), query.edges());
        try {
            outlet.stage(new TriggerInfo(record.number(), outputWatermark()));
        } catch (RuntimeException e) {
            throw OperatorFailure.in("Sink " + outlet.description(), e);
        }
        steps.reached(DurableStep.SINK_STAGED, record.number());
        attempt.timer().lap("addBatch");
        return rows;
    }

    private OptionalLong outputWatermark() {
        Watermark after = query.edges().after(query.plan().root());
        boolean none = query.edges().declarations().isEmpty() || after.equals(Watermark.NONE);
        return none ? OptionalLong.empty() : OptionalLong.of(after.micros());
    }

    /// What the log is to hold of the trigger, once it is known to fit.
    private List<ByteBuffer> changes(Attempt attempt) {
        List<ByteBuffer> changes = ChangesPayload.of(TriggerRecord.watermarksJson(query.edges().recordAfter()),
                query.state().changes());
        query.log().checkFits(RecordType.CHANGES, attempt.number(), changes);
        return changes;
    }

    /// Makes the trigger durable. Where that fails, and nothing has acted on the trigger, no trace of it is left: the next
    /// start decides anew what it takes.
    private void append(Attempt attempt, List<ByteBuffer> changes, boolean withTrigger) {
        long number = attempt.number();
        try {
            if (withTrigger) {
                appendTrigger(attempt);
            }
            query.log().append(RecordType.CHANGES, number, changes);
            query.log().sync(number);
        } catch (Unavailable e) {
            if (withTrigger) {
                query.log().takeBack(number);
            }
            throw e;
        }
        forgetTaken(); // what the sources may forget, the sync has just made durable: COMMIT of the trigger before
        attempt.timer().lap("walCommit");
    }

    private void commit(Attempt attempt, long[] rows) {
        long number = attempt.number();
        commitOutlet(number);
        appendCommit(number);
        TriggerReport.Figures figures = report.measure(query, attempt.record(), rows);
        query.inputs().forEach(SourceInput::take);
        query.edges().commit();
        query.outlet().committing(() -> query.state().commit(number + 1));
        late.commit(number, query.tasks());
        next = number + 1;
        lastClockMillis = attempt.record().clockMillis();
        attempt.timer().lap("commitOffsets");
        progress.accept(report.progress(figures, attempt.timer().stop()));
    }

    /// Also what recovery does for a trigger that is durable but not committed everywhere.
    void commitOutlet(long number) {
        try {
            query.outlet().commit(number);
        } catch (RuntimeException e) {
            throw OperatorFailure.in("Sink " + query.outlet().description(), e);
        }
        steps.reached(DurableStep.SINK_COMMITTED, number);
    }

    void appendCommit(long number) {
        query.log().append(RecordType.COMMIT, number, List.of());
    }

    private void forgetTaken() {
        query.inputs().stream().filter(input -> input.takenJson().isPresent()).forEach(SourceInput::forgetTaken);
    }

    /// The query stops: its last COMMIT becomes durable now, and sources may forget what it covers.
    void finish() {
        if (next > 0) {
            query.log().sync(next - 1);
            forgetTaken();
        }
    }
}
