package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs the script `thalweg` in a checkout of its own, with a JDK and a Maven that only write down how they are called.
@DisplayName("The launcher")
final class LauncherSpec {
    @TempDir
    Path directory;

    private Path home = Path.of("");
    private Path calls = Path.of("");

    @BeforeEach
    void makeCheckout() throws IOException {
        home = directory.resolve("a checkout");
        Files.createDirectories(home.resolve("cli"));
        calls = directory.resolve("calls");
        Files.copy(Path.of("../thalweg"), home.resolve("thalweg"));
        Files.setPosixFilePermissions(home.resolve("thalweg"), PosixFilePermissions.fromString("rwxr-xr-x"));
        makeOld(Files.writeString(home.resolve("cli/pom.xml"), ""));
        makeOld(home.resolve("thalweg"));
        makeJdk("jdk", "25.0.3");
        makeProgram("bin/mvn", """
                echo mvn >> "$CALLS"
                mkdir -p cli/target/lib && touch cli/target/lib/thalweg-cli.jar
                """);
    }

    private void makeJdk(String name, String version) throws IOException {
        makeProgram(name + "/bin/java", """
                case "$*" in
                  *AOTCacheOutput=*) echo prepare >> "$CALLS"
                    for word; do case $word in *AOTCacheOutput=*) echo cache > "${word#*=}";; esac; done ;;
                  *) echo "run $*" >> "$CALLS"; for last; do :; done; echo "%s in $PWD: $last" ;;
                esac
                """.formatted(name));
        Files.writeString(directory.resolve(name + "/release"), "JAVA_VERSION=\"" + version
                + "\"\nJAVA_RUNTIME_VERSION=\"" + version + "+9\"\n");
    }

    private void makeProgram(String name, String text) throws IOException {
        Path program = directory.resolve(name);
        Files.createDirectories(program.getParent());
        Files.writeString(program, "#!/bin/bash\n" + text);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void makeOld(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    }

    private record Outcome(int exitCode, String results, String messages) {}

    private Process start(Path command, String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of(command.toString()));
        all.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(all).directory(directory.toFile());
        builder.environment().put("JAVA_HOME", directory.resolve("jdk").toString());
        builder.environment().put("CALLS", calls.toString());
        builder.environment().merge("PATH", directory.resolve("bin").toString(), (old, bin) -> bin + ":" + old);
        builder.environment().remove("THALWEG_NO_AOT");
        return builder.start();
    }

    private Outcome outcome(Process process) throws IOException, InterruptedException {
        String results = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        String messages = new String(process.getErrorStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), results, messages);
    }

    private Outcome launch(String... words) throws IOException, InterruptedException {
        return outcome(start(home.resolve("thalweg"), words));
    }

    private long called(String what) throws IOException {
        return Files.readAllLines(calls).stream().filter(line -> line.startsWith(what)).count();
    }

    private String lastRun() throws IOException {
        return Files.readAllLines(calls).getLast();
    }

    @Test
    @DisplayName("builds and prepares at the first start, and not again")
    void buildsOnce() throws IOException, InterruptedException {
        Outcome first = launch("SELECT 1");
        assertThat(first.messages()).contains("building").contains("preparing").hasLineCount(2);
        assertThat(first.exitCode()).isZero();
        assertThat(first.results()).isEqualTo("jdk in " + directory.toRealPath() + ": SELECT 1\n");
        assertThat(launch("SELECT 2").messages()).isEmpty();
        assertThat(called("mvn")).isEqualTo(1);
        assertThat(called("prepare")).isEqualTo(1);
        assertThat(lastRun()).contains("-XX:AOTCache=" + home.toRealPath());
    }

    @Test
    @DisplayName("is found through symbolic links, also from elsewhere")
    void throughLinks() throws IOException, InterruptedException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), home.resolve("thalweg"));
        Path second = Files.createSymbolicLink(directory.resolve("second"), link);
        assertThat(outcome(start(second, "x")).results()).endsWith(": x\n");
        assertThat(lastRun()).contains("-Dthalweg.home=" + home.toRealPath() + " ");
    }

    @Test
    @DisplayName("builds once when two begin at the same time")
    void twoAtOnce() throws IOException, InterruptedException {
        Process one = start(home.resolve("thalweg"), "one");
        Process two = start(home.resolve("thalweg"), "two");
        assertThat(outcome(one).results()).endsWith(": one\n");
        assertThat(outcome(two).results()).endsWith(": two\n");
        assertThat(called("mvn")).isEqualTo(1);
        assertThat(called("prepare")).isEqualTo(1);
    }

    @Test
    @DisplayName("builds again when a source is newer, and then prepares again")
    void newerSource() throws IOException, InterruptedException {
        launch("x");
        Files.setLastModifiedTime(home.resolve("cli/pom.xml"), FileTime.from(Instant.parse("2100-01-01T00:00:00Z")));
        launch("x");
        assertThat(called("mvn")).isEqualTo(2);
        assertThat(called("prepare")).isEqualTo(2);
    }

    @Test
    @DisplayName("shows the end of a build that failed, and exits with 1")
    void failedBuild() throws IOException, InterruptedException {
        makeProgram("bin/mvn", "echo no such plugin; exit 1");
        Outcome failed = launch("x");
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.messages()).contains("no such plugin").contains("target/build.log");
        assertThat(failed.results()).isEmpty();
    }

    @Test
    @DisplayName("starts without the cache where it cannot be made, and tries only once")
    void noCache() throws IOException, InterruptedException {
        makeProgram("jdk/bin/java", "echo run \"$@\" >> \"$CALLS\"; case \"$*\" in *AOTCacheOutput*) exit 1;; esac");
        assertThat(launch("x").exitCode()).isZero();
        assertThat(lastRun()).doesNotContain("AOTCache");
        launch("y");
        assertThat(called("run")).isEqualTo(3);
    }

    @Test
    @DisplayName("prepares for each JDK, and passes over one that is too old")
    void otherJdks() throws IOException, InterruptedException {
        launch("x");
        makeJdk("jdk", "26");
        launch("x");
        assertThat(called("mvn")).isEqualTo(1);
        assertThat(called("prepare")).isEqualTo(2);
        makeJdk("jdk", "17.0.9");
        makeJdk("newer", "25.0.1");
        Files.createSymbolicLink(directory.resolve("bin/java"), directory.resolve("newer/bin/java"));
        assertThat(launch("x").results()).startsWith("newer in");
    }

    @Test
    @DisplayName("says so when it must build and may not write")
    void notWritable() throws IOException, InterruptedException {
        Files.writeString(home.resolve("target"), "a file in the way");
        Outcome refused = launch("x");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.messages()).contains("may not write").hasLineCount(1);
    }
}
