package dev.thalweg.tests.bench;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// A JVM of an engine: all have the same flags, and none the libraries of the others. What the command `thalweg` says of the C
/// library's memory is for Thalweg alone, as it is for whoever starts it by that command; the others run without such words, whoever
/// said them.
///
/// @param jvmFlags the flags that the user may set
record EngineProcess(Contender contender, String jvmFlags) {
    private static final List<String> OPENED = List.of("java.lang", "java.lang.invoke", "java.lang.reflect", "java.io",
            "java.net", "java.nio", "java.util", "java.util.concurrent", "java.util.concurrent.atomic",
            "jdk.internal.ref",
            "sun.nio.ch", "sun.nio.cs", "sun.util.calendar");

    private static final String MEMORY_SETTINGS = "GLIBC_TUNABLES";

    static final String USUAL_FLAGS = "-Xmx4g -XX:+UseG1GC";

    /// Runs a class of the engine to its end.
    ///
    /// @param flags of the JVM beside those of all
    /// @param log where what it says of errors goes
    /// @return what it printed
    List<String> run(String mainClass, List<String> words, List<String> flags, Path log)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(Arrays.asList(jvmFlags.split(" ", -1)));
        command.addAll(flags);
        command.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED",
                "-Darrow.enable_unsafe_memory_access=true", "-Djdk.reflect.useDirectMethodHandle=false"));
        OPENED.forEach(name -> command.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
        command.addAll(List.of("-Duser.timezone=UTC", "-cp", classPath(), mainClass));
        command.addAll(words);
        ProcessBuilder start = new ProcessBuilder(command).redirectError(log.toFile());
        if (contender != Contender.THALWEG) {
            start.environment().remove(MEMORY_SETTINGS);
        }
        Process process = start.start();
        List<String> lines;
        try (var output = process.inputReader()) {
            lines = output.lines().toList();
        }
        if (process.waitFor() != 0) {
            throw new IOException(contender + " failed; its log is " + log);
        }
        return lines;
    }

    private String classPath() throws IOException {
        List<String> jars = new ArrayList<>();
        Path own = classes().resolveSibling(contender.libraries());
        if (Files.isDirectory(own)) {
            try (Stream<Path> libraries = Files.list(own)) {
                libraries.map(Path::toString).sorted().forEach(jars::add);
            }
        }
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(jar -> !contender.leavesOut(jar)).forEach(jars::add);
        return String.join(File.pathSeparator, jars);
    }

    /// Where the benchmark's own classes lie, which is the build's folder.
    private static Path classes() {
        return Path.of(URI.create(
                EngineProcess.class.getProtectionDomain().getCodeSource().getLocation().toString()));
    }
}
