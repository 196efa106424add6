package dev.thalweg.tests.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import one.convert.Arguments;
import one.convert.JfrToFlame;

/// A page that shows where the processor time of a query's warm runs goes, as the JDK's flight recorder samples it on Linux: in
/// threads that run Java, native code they call included; not in those of the compiler and the garbage collector.
final class FlameGraph {
    /// Runs of the profiled JVM, of which the first third is left out.
    static final int ROUNDS = 15;
    private static final double LEAST_PERCENT = 0.3;

    private final Path page;
    private final Path recording;

    FlameGraph(Path page) {
        this.page = page;
        this.recording = page.resolveSibling(page.getFileName() + ".jfr");
    }

    /// What the JVM is started with.
    String flag() {
        return "-XX:StartFlightRecording=filename=" + recording
                + ",settings=profile,jdk.CPUTimeSample#enabled=true,jdk.CPUTimeSample#throttle=5ms";
    }

    /// @param turn what the JVM said about its runs
    void draw(String title, Turn turn) throws IOException {
        Arguments wanted = new Arguments();
        wanted.title = title;
        wanted.cpuTime = true;
        wanted.simple = true;
        wanted.norm = true;
        wanted.dot = true;
        wanted.minwidth = LEAST_PERCENT;
        // Counted from the recording's end, when it is negative.
        wanted.from = -turn.times().subList(ROUNDS / 3, ROUNDS).stream().mapToLong(Turn.Time::wall).sum();
        JfrToFlame.convert(recording.toString(), page.toString(), wanted);
        Files.delete(recording);
    }
}
