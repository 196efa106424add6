package dev.thalweg.execution.trigger;

import dev.thalweg.spi.sink.StepListener;
import dev.thalweg.state.log.DurableStep;
import dev.thalweg.state.log.LogFaults;
import java.util.Set;

/// What tests lend to an engine, so that they can kill it at a durable step, and see that they would notice a step out of
/// order or a change that is lost.
///
/// @param steps told of every durable step of every query, those of file sinks among them
/// @param faults ways in which the log misbehaves
/// @param lostChanges kinds of change, such as `-U`, that no sink ever gets to see
public record CrashProbe(DurableStep.Listener steps, LogFaults faults, Set<String> lostChanges) {
    public static final CrashProbe NONE = new CrashProbe(DurableStep.Listener.NONE, LogFaults.NONE);

    public CrashProbe {
        lostChanges = Set.copyOf(lostChanges);
    }

    public CrashProbe(DurableStep.Listener steps, LogFaults faults) {
        this(steps, faults, Set.of());
    }

    public static CrashProbe listening(DurableStep.Listener steps) {
        return new CrashProbe(steps, LogFaults.NONE);
    }

    /// An engine whose log misbehaves.
    public static CrashProbe failing(LogFaults faults) {
        return new CrashProbe(DurableStep.Listener.NONE, faults);
    }

    /// An engine that forgets such changes on their way to a sink.
    public static CrashProbe losing(String change) {
        return new CrashProbe(DurableStep.Listener.NONE, LogFaults.NONE, Set.of(change));
    }

    /// The ear for the steps of a sink's commit.
    StepListener sinkSteps() {
        return (step, trigger) -> steps.reached(switch (step) {
            case STAGED -> DurableStep.SINK_FILES_STAGED;
            case MANIFEST_APPENDED -> DurableStep.SINK_MANIFEST_APPENDED;
            case MANIFEST_SYNCED -> DurableStep.SINK_MANIFEST_SYNCED;
            case FILE_RENAMED -> DurableStep.SINK_FILE_RENAMED;
            case RENAMED -> DurableStep.SINK_FILES_RENAMED;
        }, trigger);
    }
}
