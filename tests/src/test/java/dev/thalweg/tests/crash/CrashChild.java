package dev.thalweg.tests.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.ThalwegSession;
import dev.thalweg.state.log.DurableStep;
import dev.thalweg.state.log.LogFaults;
import dev.thalweg.streaming.StreamingQuery;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/// The process that is killed. It says `ready`, waits for a line, and runs the job's queries, each in a session of its own.
/// Every durable step is written to standard output before the next can happen: `step <query> <step> <trigger>`. At the step
/// where it is to die it says `here` instead, and stands still. `done` or `failed <why>` is its last word otherwise.
///
/// Each query stands still after [#TRIGGERS_MAX] triggers too, unless it is the one that must reach a step or nothing is to
/// happen: a life takes only a little of the input.
final class CrashChild {
    private static final int TRIGGERS_MAX = 4;

    private final CrashJob job;
    private final Kill kill;
    private final LogFaults faults;
    private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);

    private CrashChild(CrashJob job, Kill kill, LogFaults faults) {
        this.job = job;
        this.kill = kill;
        this.faults = faults;
    }

    /// Written by [ChildProcess]: directory, cacheBytesMax or `-`, losesUnsynced, skipsSync, and `never`, `time` or query, step and count.
    public static void main(String[] args) throws Exception {
        Kill kill = switch (args[4]) {
            case "never" -> new Kill.Never();
            case "time" -> new Kill.AtTime(java.time.Duration.ZERO); // which the parent knows
            default -> new Kill.AtStep(CrashJob.Query.valueOf(args[4]), DurableStep.valueOf(args[5]),
                    Integer.parseInt(args[6]));
        };
        OptionalLong cacheBytesMax = args[1].equals("-")
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(args[1]));
        new CrashChild(new CrashJob(Path.of(args[0]), cacheBytesMax), kill,
                new LogFaults(Boolean.parseBoolean(args[2]), Boolean.parseBoolean(args[3]))).run();
    }

    private void run() throws IOException {
        Map<CrashJob.Query, ThalwegSession> sessions = new EnumMap<>(CrashJob.Query.class);
        for (CrashJob.Query query : CrashJob.Query.values()) {
            ThalwegSession.Builder builder = ThalwegSession.builder().config("thalweg.sql.tasks", 2)
                    .config("thalweg.state.snapshotLogBytes", snapshotLogBytes()).durableSteps(new Ear(query))
                    .logFaults(faults);
            job.cacheBytesMax().ifPresent(bytes -> builder.config("thalweg.state.cacheBytesMax", bytes));
            ThalwegSession session = builder.create();
            job.declare(session);
            sessions.put(query, session);
        }
        say("ready");
        FileInputStream in = new FileInputStream(FileDescriptor.in);
        if (in.read() < 0) {
            return;
        }
        Thread.ofPlatform().daemon().start(() -> dieWithParent(in));
        try {
            List<StreamingQuery> running = new ArrayList<>();
            sessions.forEach((query, session) -> running.add(job.start(session, query)));
            for (StreamingQuery query : running) {
                query.awaitTermination();
            }
            say(job.cacheBytesMax().isEmpty() || running.stream().anyMatch(CrashChild::hasDropped)
                    ? "done"
                    : "failed no entry of state was ever out of memory");
        } catch (Exception e) {
            say("failed " + e.toString().replace('\n', ' '));
        }
        Runtime.getRuntime().halt(0);
    }

    /// A snapshot every few triggers; none where the log never reaches its file, from which they are written.
    private int snapshotLogBytes() {
        return faults.skipsSync() ? Integer.MAX_VALUE : 1500;
    }

    /// Whether some rows of its state were on disk only while others were needed.
    private static boolean hasDropped(StreamingQuery query) {
        return Stream.of(query.recentProgress()).flatMap(progress -> progress.detail().stateOperators().stream())
                .anyMatch(rows -> rows.customMetrics().getOrDefault("rowsInMemory", 0L) < rows.numRowsTotal());
    }

    private static void dieWithParent(FileInputStream in) {
        try {
            while (in.read() >= 0) { // until the pipe closes
            }
        } catch (IOException e) {
            // so it is closed
        }
        Runtime.getRuntime().halt(1);
    }

    /// One write, so that a line is either there or not.
    private void say(String line) {
        try {
            out.write((line + "\n").getBytes(UTF_8));
        } catch (IOException e) {
            Runtime.getRuntime().halt(1);
        }
    }

    /// Hears the steps of one query, from its trigger thread and from that of its state.
    private final class Ear implements DurableStep.Listener {
        private final CrashJob.Query query;
        private int reached;
        private int triggers;

        Ear(CrashJob.Query query) {
            this.query = query;
        }

        @Override
        public void reached(DurableStep step, long trigger) {
            boolean stop;
            synchronized (this) {
                boolean here = kill instanceof Kill.AtStep(CrashJob.Query at, DurableStep last, int count)
                        && at == query && last == step && ++reached == count;
                triggers += step == DurableStep.SINK_STAGED ? 1 : 0;
                stop = here || (triggers > TRIGGERS_MAX && isHeldBack());
                say(String.format(Locale.ROOT, "%s %s %s %d", here ? "here" : "step", query, step, trigger));
            }
            if (stop) {
                standStill();
            }
        }

        private boolean isHeldBack() {
            return switch (kill) {
                case Kill.AtStep at -> at.query() != query;
                case Kill.AtTime _ -> true;
                case Kill.Never _ -> false;
            };
        }

        private static void standStill() {
            while (true) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    // nothing wakes it
                }
            }
        }
    }
}
