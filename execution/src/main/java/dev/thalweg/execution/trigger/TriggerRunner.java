package dev.thalweg.execution.trigger;

import dev.thalweg.execution.expression.RowIds;
import dev.thalweg.execution.operator.Watermark;
import dev.thalweg.execution.progress.QueryProgress;
import dev.thalweg.execution.progress.TriggerTimer;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.source.ReadLimit;
import dev.thalweg.state.log.ChangesPayload;
import dev.thalweg.state.log.DurableStep;
import dev.thalweg.state.log.RecordType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/// Runs one trigger, in the order on which exactly-once rests (DESIGN §5):
///
/// 1. decide the offsets; run; the outlet stages its output under the trigger's number; collect the changes of state
/// 2. append TRIGGER and CHANGES, one sync for both; nothing is visible before. What acts at once has TRIGGER synced first
/// 3. the outlet commits
/// 4. append COMMIT; its sync rides on the next trigger's
///
/// ```
/// trigger N     run, append | sync, outlet commits, COMMIT |
/// trigger N+1               | offsets, read, compute ..... | output, stage, append | ...
/// ```
///
/// Where the output goes to a sink that shows nothing before its commit, a trigger stays open from the sync on until somebody
/// needs it committed ([#complete]). If the next trigger begins at once, another thread does the rest ([CommitInFlight]) and the
/// next one reads and computes meanwhile, until its first output.
///
/// **Cost** a trigger with nothing to do asks each source once and writes nothing. **Thread** the query's trigger thread.
/// **Errors** after any, the query is over: what was not committed is dropped with its state. Where two triggers fail, the
/// first one's counts.
final class TriggerRunner implements AutoCloseable {
    private final OpenQuery query;
    private final UUID id;
    private final DurableStep.Listener steps;
    private final TriggerReport report;
    private final LateRows late;
    private final Consumer<QueryProgress> progress;
    private final Committer committer;
    private final ExecutorService commitThread;
    /// The last trigger, until it is committed and told of.
    private Optional<CommitInFlight> open = Optional.empty();
    /// The trigger whose output the outlet takes, or took last.
    private long outletAt = -1;
    private long next;
    private long lastClockMillis = Long.MIN_VALUE;

    TriggerRunner(OpenQuery query, UUID id, DurableStep.Listener steps, Reporting reporting) {
        this.query = query;
        this.id = id;
        this.steps = steps;
        this.report = reporting.report();
        this.late = reporting.late();
        this.progress = reporting.progress();
        this.committer = new Committer(query, steps);
        this.commitThread = Executors.newSingleThreadExecutor(reporting.commitThread());
    }

    /// Where a trigger tells what it did.
    ///
    /// @param commitThread makes the thread that commits beside the trigger thread
    record Reporting(TriggerReport report, LateRows late, Consumer<QueryProgress> progress,
            ThreadFactory commitThread) {}

    /// The number of the next trigger.
    long next() {
        return next;
    }

    /// @param last the trigger that was run last
    void resumeAfter(TriggerRecord last) {
        next = last.number() + 1;
        lastClockMillis = last.clockMillis();
    }

    /// Runs a trigger if there is anything new; it may stay open. One that was open is complete afterwards.
    ///
    /// @return whether one ran
    boolean runIfNew(ReadLimit limit) {
        open.ifPresent(commit -> commit.handOver(commitThread));
        TriggerTimer timer = new TriggerTimer();
        boolean isNew = next == 0 && (query.inputs().isEmpty() || !query.staticSplits().isEmpty());
        for (SourceInput<?> input : query.inputs()) {
            isNew |= input.aim(limit);
        }
        timer.lap("latestOffset");
        long clockMillis = Math.max(limit.clockMillis(), lastClockMillis);
        isNew |= query.idle().moveTime(query.idle().at(clockMillis));
        isNew |= dueMillis() <= clockMillis;
        if (isNew) {
            refreshTables(clockMillis);
            run(record(clockMillis, false), timer);
        } else {
            complete();
        }
        return isNew;
    }

    /// Rows that are read from now on meet tables as they are now.
    private void refreshTables(long clockMillis) {
        try {
            query.tables().refresh(clockMillis);
        } catch (RuntimeException e) {
            completeDespite(e);
            throw OperatorFailure.located(e, query.place(next), query.budget());
        }
    }

    /// At which clock a trigger has something to do though no row comes; `Long.MAX_VALUE`: at none.
    long dueMillis() {
        long micros = query.dataflow().dueMicros();
        return micros == Long.MAX_VALUE ? micros : -Math.floorDiv(-micros, 1_000L);
    }

    /// Returns when the last trigger is committed and told of.
    void complete() {
        if (open.isPresent()) {
            CommitInFlight commit = open.get();
            commit.await();
            commit.tell();
            open = Optional.empty();
        }
    }

    /// Completes the last trigger after an error, which is attached to that trigger's own if it has one.
    void completeDespite(Throwable error) {
        try {
            complete();
        } catch (RuntimeException | Error first) {
            if (!first.equals(error)) {
                first.addSuppressed(error);
            }
            throw first;
        }
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
        complete();
    }

    /// Runs a trigger again, just as it was recorded.
    void runAgain(TriggerRecord recorded) {
        for (int i = 0; i < recorded.offsets().size(); i++) {
            query.inputs().get(i).aim(recorded.offsets().get(i));
        }
        next = recorded.number();
        run(new Attempt(recorded, new TriggerTimer(), true));
        complete();
    }

    /// The clock of triggers never goes back, also where a trigger takes what there was a moment ago.
    private TriggerRecord record(long atMillis, boolean isEnd) {
        long clockMillis = Math.max(atMillis, lastClockMillis);
        List<String> offsets = new ArrayList<>();
        query.inputs().forEach(input -> offsets.add(input.targetJson()));
        long seed = new SplittableRandom(id.getMostSignificantBits() ^ id.getLeastSignificantBits() ^ next).nextLong();
        return new TriggerRecord(next, offsets, clockMillis, seed, query.edges().recordBefore(), isEnd,
                query.checkpoint().zone().getId(), query.edges().policy(), query.tasks().size(),
                query.tables().versions(), query.idle().at(clockMillis));
    }

    private void run(TriggerRecord record, TriggerTimer timer) {
        run(new Attempt(record, timer, false));
    }

    /// @param isRecorded the log holds the TRIGGER record already
    record Attempt(TriggerRecord record, TriggerTimer timer, boolean isRecorded) {
        long number() {
            return record.number();
        }
    }

    private void run(Attempt attempt) {
        try {
            committer.recordFirst(attempt);
            long[] rows = flow(attempt);
            List<ByteBuffer> changes = changes(attempt); // before TRIGGER: what cannot be written must not run again for ever
            committer.append(attempt, changes);
            commit(attempt, rows);
        } catch (TriggerCancelled e) {
            throw e;
        } catch (RuntimeException e) {
            completeDespite(e); // it may be the trigger before that has failed
            throw OperatorFailure.located(e, query.place(attempt.number()), query.budget());
        }
    }

    /// Reads and computes; afterwards the output is staged.
    private long[] flow(Attempt attempt) {
        TriggerRecord record = attempt.record();
        query.state().begin();
        List<SplitWork> splits = new ArrayList<>(record.number() == 0 ? query.staticSplits() : List.of());
        query.inputs().forEach(input -> splits.addAll(input.splits()));
        attempt.timer().lap("getBatch");
        query.idle().begin(record.idle());
        if (record.isEnd()) {
            query.edges().end();
        }
        int parts = Math.max(splits.size(), query.tasks().size());
        long[] rows = query.dataflow().run(new Dataflow.Run(splits, query.inputs().size(),
                Math.multiplyExact(record.clockMillis(), 1_000L), record.seed(),
                part -> RowIds.inTrigger(record.number(), parts, part), query.spec().settings().waveBytesMax(),
                (output, batch) -> take(attempt, output, batch)), query.edges());
        query.spec().settings().growth().check(query);
        turnOutlet(attempt);
        takeLate(attempt);
        query.outlet().stage(record.number(), this::outputWatermark);
        steps.reached(DurableStep.SINK_STAGED, record.number());
        attempt.timer().lap("addBatch");
        return rows;
    }

    /// Where the rows that came too late are to go somewhere, they are one more result.
    private void takeLate(Attempt attempt) {
        List<QuerySpec.Output> outputs = query.spec().outputs();
        for (int i = 0; i < outputs.size(); i++) {
            if (outputs.get(i).isLate()) {
                int output = i;
                late.giveAll(attempt.number(), query.tasks(), query.budget().allocator(),
                        batch -> query.outlet().take(output, batch));
            }
        }
    }

    private void take(Attempt attempt, int output, Batch batch) {
        try {
            turnOutlet(attempt);
        } catch (RuntimeException | Error e) {
            batch.close();
            throw e;
        }
        query.outlet().take(output, batch);
    }

    /// From here on the outlet is this trigger's: the one before must be committed.
    private void turnOutlet(Attempt attempt) {
        if (outletAt != attempt.number()) {
            if (open.isPresent()) {
                attempt.timer().lap("addBatch");
                complete();
                attempt.timer().lap("commitWait");
            }
            query.outlet().begin(attempt.number());
            outletAt = attempt.number();
        }
    }

    private OptionalLong outputWatermark(int output) {
        QuerySpec.Output result = query.spec().outputs().get(output);
        Watermark after = result.isLate() ? Watermark.NONE : query.edges().after(result.plan().root());
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

    /// Commits a trigger, or leaves that open where the next one may begin before.
    private void commit(Attempt attempt, long[] rows) {
        long number = attempt.number();
        TriggerReport.Figures figures = report.measure(query, attempt.record(), rows);
        Runnable refused = late.take(number, query.tasks());
        List<Runnable> forgotten = query.inputs().stream().map(SourceInput::forgetTaken).toList();
        CommitInFlight commit = new CommitInFlight(() -> committer.commit(attempt), () -> {
            refused.run();
            progress.accept(report.progress(figures, attempt.timer().stop()));
            forget(number, forgotten);
        });
        open = Optional.of(commit);
        if (!query.mayStayOpen()) {
            commit.await();
        }
        query.idle().end(attempt.record());
        query.inputs().forEach(SourceInput::take);
        query.edges().commit();
        query.outlet().committing(() -> query.state().commit(number + 1));
        next = number + 1;
        lastClockMillis = attempt.record().clockMillis();
        attempt.timer().lap("commitOffsets");
        if (!query.mayStayOpen() || query.state().isAnythingDue()) {
            commit.await();
            query.outlet().committing(query.state()::settle);
            attempt.timer().lap("commitOffsets");
            complete();
        }
    }

    /// Lets sources forget what the trigger before took: the sync has made its COMMIT durable.
    private void forget(long number, List<Runnable> forgotten) {
        try {
            forgotten.forEach(Runnable::run);
        } catch (RuntimeException e) {
            throw OperatorFailure.located(e, query.place(number), query.budget());
        }
    }

    /// The last run has made the trigger durable and died: it becomes visible now.
    void finishShowing(TriggerRecord last) {
        committer.show(last.number());
    }

    /// The query stops: its last COMMIT becomes durable now, and sources may forget what it covers.
    void finish() {
        complete();
        if (next > 0) {
            query.log().sync(next - 1);
            query.inputs().forEach(input -> input.forgetTaken().run());
        }
    }

    @Override
    public void close() {
        commitThread.close();
    }
}
