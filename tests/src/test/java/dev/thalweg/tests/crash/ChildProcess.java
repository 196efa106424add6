package dev.thalweg.tests.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.state.log.DurableStep;
import dev.thalweg.state.log.LogFaults;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A [CrashChild] as its parent sees it: the same java, class path and flags as the parent's.
final class ChildProcess implements AutoCloseable {
    private final Kill kill;
    private final Process process;
    private final BufferedReader reports;

    /// A step that the child reported.
    ///
    /// @param isLast the child stood still there
    record Report(CrashJob.Query query, DurableStep step, long trigger, boolean isLast) {
        static Report parse(String line) {
            String[] words = line.split(" ", -1);
            return new Report(CrashJob.Query.valueOf(words[1]), DurableStep.valueOf(words[2]),
                    Long.parseLong(words[3]), words[0].equals("here"));
        }
    }

    /// What became of a child.
    ///
    /// @param outcome `killed`, `done`, or `failed` with the query's error
    record Life(List<Report> reports, String outcome) {}

    private ChildProcess(Kill kill, Process process) {
        this.kill = kill;
        this.process = process;
        this.reports = process.inputReader(UTF_8);
    }

    /// Starts a process, which waits for [#live].
    static ChildProcess start(CrashJob job, Kill kill, LogFaults faults) throws IOException {
        List<String> kills = switch (kill) {
            case Kill.AtStep at -> List.of(at.query().name(), at.step().name(), Integer.toString(at.count()));
            case Kill.AtTime _ -> List.of("time");
            case Kill.Never _ -> List.of("never");
        };
        List<String> arguments = new ArrayList<>(List.of(job.directory().toString(),
                job.cacheBytesMax().isPresent() ? Long.toString(job.cacheBytesMax().getAsLong()) : "-",
                Boolean.toString(faults.losesUnsynced()), Boolean.toString(faults.skipsSync())));
        arguments.addAll(kills);
        return new ChildProcess(kill, java(CrashChild.class, job.directory().resolve("child.log"), arguments));
    }

    /// Runs the main class in a JVM like this one. Its standard error is appended to a file.
    static Process java(Class<?> main, Path log, List<String> arguments) throws IOException {
        return java(main, log, arguments, List.of());
    }

    /// The same with more options of the JVM.
    static Process java(Class<?> main, Path log, List<String> arguments, List<String> options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-Xmx") && !flag.startsWith("-XX:+Use") && !flag.contains("agent"))
                .forEach(command::add);
        command.addAll(options);
        command.addAll(List.of("-Xmx300m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), main.getName()));
        command.addAll(arguments);
        File errors = log.toFile();
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(errors)).start();
    }

    /// Lets the child run until it is killed, as planned, or ends by itself.
    Life live() throws IOException, InterruptedException {
        Life life = liveUntilKillIsDue();
        return life.outcome().equals("killed") ? new Life(killed(life.reports()), life.outcome()) : life;
    }

    /// As [#live], but the child is left alive where it would be killed.
    Life liveUntilKillIsDue() throws IOException, InterruptedException {
        List<Report> seen = new ArrayList<>();
        String line = reports.readLine();
        while (line != null && !line.equals("ready")) {
            line = reports.readLine();
        }
        process.outputWriter(UTF_8).append('\n').flush();
        line = reports.readLine();
        while (line != null && !line.startsWith("done") && !line.startsWith("failed")) {
            Report report = Report.parse(line);
            seen.add(report);
            if (isDue(report)) {
                return new Life(seen, "killed");
            }
            line = reports.readLine();
        }
        process.waitFor();
        return new Life(seen, line == null ? "failed: see child.log" : line);
    }

    long pid() {
        return process.pid();
    }

    private boolean isDue(Report report) throws InterruptedException {
        return switch (kill) {
            case Kill.AtStep _ -> report.isLast();
            case Kill.AtTime at -> {
                boolean began = report.step() == DurableStep.TRIGGER_APPENDED;
                yield began && !process.waitFor(at.after().toMillis(), TimeUnit.MILLISECONDS);
            }
            case Kill.Never _ -> false;
        };
    }

    /// SIGKILL; and what was reported until then.
    private List<Report> killed(List<Report> seen) throws IOException, InterruptedException {
        process.toHandle().destroyForcibly(); // which leaves the pipe open, unlike that of Process
        process.waitFor();
        for (String line = reports.readLine(); line != null; line = reports.readLine()) {
            if (line.startsWith("step ") || line.startsWith("here ")) {
                seen.add(Report.parse(line));
            }
        }
        return seen;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
