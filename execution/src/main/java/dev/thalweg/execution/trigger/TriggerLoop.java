package dev.thalweg.execution.trigger;

import dev.thalweg.execution.progress.QueryStatus;
import dev.thalweg.execution.trigger.Requests.Request;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.source.ReadLimit;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Decides when a query's next trigger runs, and when the query is done. Rests on [WakeUp] in between: sources that can tell
/// of new data wake it, and only those that cannot are asked again after a while.
///
/// **Thread** the query's trigger thread.
final class TriggerLoop {
    private static final long REST_MILLIS_MAX = Duration.ofDays(30).toMillis();

    private final OpenQuery query;
    private final TriggerRunner runner;
    private final RunControl control;
    private final Clock clock;
    private final TriggerPolicy policy;
    private final Optional<Duration> askAgainAfter;
    private final boolean resumedFinished;
    private final long beganMillis;
    private long nextMillis;
    private boolean awaitNews;

    /// @param resumedFinished the checkpoint says that its input had ended
    TriggerLoop(OpenQuery query, TriggerRunner runner, RunControl control, Clock clock, boolean resumedFinished) {
        this.query = query;
        this.runner = runner;
        this.control = control;
        this.clock = clock;
        this.policy = query.spec().policy();
        this.resumedFinished = resumedFinished;
        this.beganMillis = clock.millis();
        this.askAgainAfter = query.inputs().stream().map(input -> input.onAvailable(control.wakeUp()::signal))
                .flatMap(Optional::stream).min(Duration::compareTo);
    }

    void run() {
        try {
            turns();
        } catch (RuntimeException | Error e) {
            runner.completeDespite(e);
            throw e;
        }
    }

    private void turns() {
        if (resumedFinished) {
            refuseNewInput();
            return;
        }
        if (policy.endsWithInput()) {
            query.inputs().forEach(SourceInput::holdToPresent);
        }
        boolean done = false;
        while (!done && !control.isStopping()) {
            List<Request> asked = control.requests().open();
            if (isDue(asked)) {
                boolean ran = turn(asked);
                done = ran ? policy instanceof TriggerPolicy.Once || query.inputs().isEmpty() : isOver();
                if (done) {
                    flush();
                }
                settle(asked, ran);
            } else {
                runner.complete();
                rest();
            }
        }
        runner.finish();
    }

    /// Nobody is told of a trigger before it is committed.
    private void settle(List<Request> asked, boolean ran) {
        if (asked.stream().anyMatch(request -> request.isMetBy(ran))) {
            runner.complete();
        }
        control.requests().settle(asked, ran);
    }

    private boolean turn(List<Request> asked) {
        control.show(QueryStatus.RUNNING);
        boolean ran = runner.runIfNew(limit(asked));
        if (!ran) {
            control.idle();
            control.show(QueryStatus.WAITING);
            awaitNews = true;
        }
        return ran;
    }

    private boolean isDue(List<Request> asked) {
        boolean isDue = isDue(); // also when somebody asks: a turn that was due is taken then, and not once more right after
        return isDue || !asked.isEmpty();
    }

    private boolean isDue() {
        return switch (policy) {
            case TriggerPolicy.Manual _ -> false;
            case TriggerPolicy.AsSoonAsPossible _,TriggerPolicy.AvailableNow _,TriggerPolicy.Once _ -> !awaitNews;
            case TriggerPolicy.ProcessingTime(Duration interval) -> isIntervalDue(Math.max(1, interval.toMillis()));
        };
    }

    private boolean isIntervalDue(long intervalMillis) {
        long now = clock.millis();
        if (now < nextMillis) {
            return false;
        }
        nextMillis = (now / intervalMillis + 1) * intervalMillis;
        return true;
    }

    private void rest() {
        switch (policy) {
            case TriggerPolicy.ProcessingTime _ -> {
                control.show(QueryStatus.NEXT);
                control.wakeUp().await(Duration.ofMillis(Math.max(1, nextMillis - clock.millis())));
            }
            case TriggerPolicy.Manual _ -> control.wakeUp().await();
            case TriggerPolicy.AsSoonAsPossible _,TriggerPolicy.AvailableNow _,TriggerPolicy.Once _ -> {
                Optional<Duration> atMost = Stream.of(askAgainAfter, untilIdle(), untilClock())
                        .flatMap(Optional::stream).min(Duration::compareTo);
                if (atMost.isPresent()) {
                    control.wakeUp().await(atMost.get());
                } else {
                    control.wakeUp().await();
                }
            }
        }
        awaitNews = false;
    }

    /// Time may move without any row, when an input has been silent for long enough.
    private Optional<Duration> untilIdle() {
        OptionalLong next = query.idle().nextMillis();
        return next.isPresent()
                ? Optional.of(Duration.ofMillis(Math.max(1, next.getAsLong() - clock.millis())))
                : Optional.empty();
    }

    /// Rows may come or go without any new one, when the clock reaches their time.
    private Optional<Duration> untilClock() {
        long due = runner.dueMillis();
        return due == Long.MAX_VALUE
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(Math.clamp(due - clock.millis(), 1, REST_MILLIS_MAX)));
    }

    private ReadLimit limit(List<Request> asked) {
        OptionalLong askedMillis = Requests.clockMillis(asked);
        long now = askedMillis.isPresent()
                ? askedMillis.getAsLong()
                : policy.endsWithInput() ? beganMillis : clock.millis();
        return switch (policy) {
            case TriggerPolicy.Once _ -> ReadLimit.everything(now);
            case TriggerPolicy.AvailableNow _,TriggerPolicy.Manual _ -> ReadLimit.none(now);
            case TriggerPolicy.AsSoonAsPossible _,TriggerPolicy.ProcessingTime _ ->
                    asked.isEmpty() ? ReadLimit.news(now) : ReadLimit.none(now);
        };
    }

    /// Nothing was new: will anything ever be?
    private boolean isOver() {
        return policy.endsWithInput()
                || query.inputs().stream().allMatch(SourceInput::isExhausted);
    }

    private void flush() {
        if (query.spec().settings().flushAtEnd() && runner.next() > 0) {
            runner.runEnd(clock.millis());
        }
    }

    private void refuseNewInput() {
        if (runner.isAnythingNew(ReadLimit.none(clock.millis()))) {
            throw new InvalidQuery("THW-5062", "The input of this query had ended (endOfInput = 'flush'), and its last"
                    + " windows are out; now there is new input, which could only be late. Start with a new"
                    + " checkpointLocation, or without endOfInput = 'flush'.");
        }
    }
}
