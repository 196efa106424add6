package dev.thalweg.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.ThalwegSession;
import dev.thalweg.state.log.DurableStep;
import dev.thalweg.state.log.LogFaults;
import dev.thalweg.tests.crash.ChildProcess.Life;
import dev.thalweg.tests.crash.ChildProcess.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `-Dcrash.kills=400` (the Maven profile `crash` does) kills more often, `-Dcrash.seed` elsewhere.
@DisplayName("Queries from files into files, killed over and over")
final class ExactlyOnceTest {
    private static final int KILLS = Integer.getInteger("crash.kills", 40);
    private static final long SEED = Long.getLong("crash.seed", 20_26L);
    private static final LogFaults POWER_FAILURE = new LogFaults(true, false);

    @TempDir
    private Path directory;

    @Test
    @Timeout(value = 90, unit = TimeUnit.MINUTES) // 400 kills take half an hour
    @DisplayName("write what one undisturbed run writes, nothing lost and nothing doubled")
    void nothingLostNothingDoubled() throws Exception {
        CrashJob job = new CrashJob(directory.resolve("killed"));
        job.writeInput(80 + 5 * KILLS, SEED);
        List<Life> lives = lives(job, Kill.plan(KILLS, new Random(SEED)));
        Life last = lives.removeLast();
        assertThat(lives).as("lives that ended before their kill; see child.log").hasSizeGreaterThanOrEqualTo(KILLS)
                .allSatisfy(life -> assertThat(life.outcome()).isEqualTo("killed"));
        assertThat(last.outcome()).isEqualTo("done");
        System.out.println(table(lives));
        checkWhereKillsLanded(lives, last);
        CrashJob clean = cleanRun(job);
        for (CrashJob.Query query : CrashJob.Query.values()) {
            assertThat(job.rows(query)).as("rows of %s (seed %d)", query, SEED).isEqualTo(clean.rows(query))
                    .hasSizeGreaterThan(500);
        }
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    @DisplayName("write the same where no state stays in memory between triggers, and comes back from disk")
    void nothingLostOfWhatIsOnDisk() throws Exception {
        int kills = KILLS / 5;
        CrashJob job = new CrashJob(directory.resolve("dropping"), OptionalLong.of(1));
        job.writeInput(80 + 5 * kills, SEED);
        List<Life> lives = lives(job, Kill.plan(kills, new Random(SEED + 1)));
        Life last = lives.removeLast();
        assertThat(lives).as("lives that ended before their kill; see child.log").hasSizeGreaterThanOrEqualTo(kills)
                .allSatisfy(life -> assertThat(life.outcome()).isEqualTo("killed"));
        assertThat(last.outcome()).isEqualTo("done");
        CrashJob clean = cleanRun(job);
        assertThat(job.rows(CrashJob.Query.AGGREGATE)).as("rows (seed %d)", SEED + 1)
                .isEqualTo(clean.rows(CrashJob.Query.AGGREGATE)).hasSizeGreaterThan(300);
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    @DisplayName("do not when the log is not synced before the output becomes visible: this test would see it")
    void seesAMissingSync() throws Exception {
        CrashJob job = new CrashJob(directory.resolve("faulty"));
        job.writeInput(30, SEED);
        LogFaults faults = new LogFaults(true, true);
        Kill kill = new Kill.AtStep(CrashJob.Query.AGGREGATE, DurableStep.SINK_FILES_RENAMED, 3);
        Life killed = life(job, kill, faults);
        assertThat(killed.outcome()).isEqualTo("killed");
        Life after = life(job, new Kill.Never(), LogFaults.NONE);
        assertThat(after.outcome()).startsWith("failed").contains("THW-5063")
                .contains("the checkpoint's log holds none at all: it was lost");
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    @DisplayName("do not when the sink forgets what it has committed: this test would see it")
    void seesAForgottenCommit() throws Exception {
        CrashJob job = new CrashJob(directory.resolve("forgetful"));
        job.writeInput(30, SEED);
        Kill kill = new Kill.AtStep(CrashJob.Query.FILTER, DurableStep.SINK_FILES_RENAMED, 3);
        assertThat(life(job, kill, LogFaults.NONE).outcome()).isEqualTo("killed");
        forgetLastCommit(job.output(CrashJob.Query.FILTER));
        Life after = life(job, new Kill.Never(), LogFaults.NONE);
        assertThat(after.outcome()).startsWith("failed").contains("is in the way: it is not in the manifest");
    }

    private static void forgetLastCommit(Path output) throws IOException {
        Path manifest = output.resolve("_thalweg").resolve("manifest.log");
        List<String> lines = Files.readAllLines(manifest);
        Files.write(manifest, lines.subList(0, lines.size() - 1));
    }

    private static Life life(CrashJob job, Kill kill, LogFaults faults) throws IOException, InterruptedException {
        try (ChildProcess child = ChildProcess.start(job, kill, faults)) {
            return child.live();
        }
    }

    /// Kills as planned and then runs to the end; while one child lives, the next one starts. Every other life loses, with its
    /// process, what it has not synced.
    private static List<Life> lives(CrashJob job, List<Kill> plan) throws IOException, InterruptedException {
        List<Kill> kills = new ArrayList<>(plan);
        kills.add(new Kill.Never());
        List<Life> lives = new ArrayList<>();
        ChildProcess next = ChildProcess.start(job, kills.getFirst(), POWER_FAILURE);
        for (int i = 1; i <= kills.size(); i++) {
            try (ChildProcess child = next) {
                if (i < kills.size()) {
                    next = ChildProcess.start(job, kills.get(i), i % 2 == 0 ? POWER_FAILURE : LogFaults.NONE);
                }
                lives.add(child.live());
                if (!lives.getLast().outcome().equals("killed")) {
                    next.close();
                    return lives;
                }
            }
        }
        return lives;
    }

    /// The last step of a life: that at which it was killed, or the last before a kill at any time.
    private static Report end(Life life) {
        return life.reports().stream().filter(Report::isLast).findFirst().orElseGet(() -> life.reports().getLast());
    }

    private static String table(List<Life> lives) {
        StringBuilder table = new StringBuilder("kills by the durable step they hit\n");
        hits(lives).forEach((step,
                count) -> table.append(String.format(Locale.ROOT, "%-24s %9d aggregate %9d filter %9d both%n",
                        step, count.getOrDefault(CrashJob.Query.AGGREGATE, 0),
                        count.getOrDefault(CrashJob.Query.FILTER, 0),
                        count.getOrDefault(CrashJob.Query.BOTH, 0))));
        return table.toString();
    }

    private static Map<DurableStep, Map<CrashJob.Query, Integer>> hits(List<Life> lives) {
        Map<DurableStep, Map<CrashJob.Query, Integer>> hits = new EnumMap<>(DurableStep.class);
        Stream.of(DurableStep.values()).forEach(step -> hits.put(step, new EnumMap<>(CrashJob.Query.class)));
        for (Life life : lives) {
            Report end = end(life);
            Objects.requireNonNull(hits.get(end.step())).merge(end.query(), 1, Integer::sum);
        }
        return hits;
    }

    private static void checkWhereKillsLanded(List<Life> lives, Life last) {
        assertThat(hits(lives)).as("every durable step is hit")
                .allSatisfy((_, count) -> assertThat(count).isNotEmpty());
        assertThat(lives.stream().filter(life -> Kill.INSIDE.contains(end(life).step()))).as("kills inside a trigger")
                .hasSizeGreaterThanOrEqualTo(25 * KILLS / 40);
        for (CrashJob.Query query : CrashJob.Query.values()) {
            assertThat(lastCommit(query, last)).as("triggers of " + query).isGreaterThanOrEqualTo(50);
        }
        List<Report> before = new ArrayList<>();
        for (Life life : lives) {
            before.addAll(life.reports());
            Report end = end(life);
            assertThat(before).as("a TRIGGER record before the kill at %s", end)
                    .anyMatch(report -> report.query() == end.query() && report.step() == DurableStep.TRIGGER_APPENDED);
            assertThat(lastCommit(end.query(), last)).as("the last COMMIT, after the kill at %s", end)
                    .isGreaterThan(end.trigger());
        }
    }

    private static long lastCommit(CrashJob.Query query, Life life) {
        return life.reports().stream()
                .filter(report -> report.query() == query && report.step() == DurableStep.COMMIT_APPENDED)
                .mapToLong(Report::trigger).max().orElse(-1);
    }

    /// Runs the same input through, in this process.
    private CrashJob cleanRun(CrashJob killed) throws Exception {
        CrashJob clean = new CrashJob(directory.resolve("clean"));
        Files.createDirectories(clean.directory());
        Files.move(killed.directory().resolve("in"), clean.directory().resolve("in"));
        try (ThalwegSession session = ThalwegSession.builder().create()) {
            clean.declare(session);
            for (CrashJob.Query query : CrashJob.Query.values()) {
                clean.start(session, query).awaitTermination();
            }
        }
        return clean;
    }
}
