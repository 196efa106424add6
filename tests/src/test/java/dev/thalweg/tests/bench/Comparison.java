package dev.thalweg.tests.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Thalweg beside Spark: the same files, heap and threads, a JVM each, taking turns. No time is kept before the answers
/// are equal, group by group.
///
/// Started by the Maven profile `bench`; see `docs/benchmarks.md`. System properties: `bench.events` and `bench.lines` (how
/// much input), `bench.turns` (JVMs of each engine), `bench.rounds` (runs in each JVM, of which the first is cold).
public final class Comparison {
    private static final long SEED = 42;

    private final Path directory;
    private final int turns = Integer.getInteger("bench.turns", 3);
    private final String rounds = System.getProperty("bench.rounds", "3");

    private Comparison(Path directory) {
        this.directory = directory;
    }

    /// Who is compared. `store` is Spark's state store.
    private enum Contender {
        THALWEG("dev.thalweg.tests.bench.ThalwegBench", ""), SPARK_HEAP("dev.thalweg.tests.bench.SparkBench",
                "heap"), SPARK_ROCKSDB("dev.thalweg.tests.bench.SparkBench", "rocksdb");

        private final String main;
        private final String store;

        Contender(String main, String store) {
            this.main = main;
            this.store = store;
        }
    }

    /// One run of a query, in milliseconds.
    private record Time(long wall, long cpu) {}

    /// @param arguments where data and checkpoints may lie
    public static void main(String[] arguments) throws Exception {
        Comparison comparison = new Comparison(Path.of(arguments[0]));
        Files.createDirectories(comparison.directory);
        BenchData data = new BenchData(comparison.directory, SEED);
        for (BenchQuery query : BenchQuery.values()) {
            long rows = query == BenchQuery.WORD_COUNT
                    ? Long.getLong("bench.lines", 2_000_000)
                    : Long.getLong("bench.events", 10_000_000);
            System.out.println(data.make(query, rows));
            comparison.compare(query);
        }
    }

    private void compare(BenchQuery query) throws Exception {
        checkAnswers(query);
        Map<Contender, List<Time>> cold = new LinkedHashMap<>();
        Map<Contender, List<Time>> warm = new LinkedHashMap<>();
        for (int turn = 0; turn < turns; turn++) {
            for (Contender contender : Contender.values()) {
                List<Time> times = run(contender, query, rounds).stream().filter(line -> line.startsWith("TIME "))
                        .map(Comparison::parse).toList();
                cold.computeIfAbsent(contender, c -> new ArrayList<>()).add(times.getFirst());
                warm.computeIfAbsent(contender, c -> new ArrayList<>()).addAll(times.subList(1, times.size()));
            }
        }
        print(query, "first run in a JVM", cold);
        print(query, "later runs", warm);
    }

    private static Time parse(String line) {
        String[] words = line.split(" ", -1);
        return new Time(Long.parseLong(words[1]), Long.parseLong(words[2]));
    }

    private void checkAnswers(BenchQuery query) throws Exception {
        Path ours = answer(Contender.THALWEG, query);
        Path theirs = answer(Contender.SPARK_HEAP, query);
        long line = Files.mismatch(ours, theirs);
        if (line >= 0) {
            throw new IllegalStateException("The answers differ, so there are no times: compare " + ours + " with "
                    + theirs);
        }
        System.out.printf("%s: %,d groups by %s, equal in both engines%n", query.label(),
                Files.readAllLines(ours).size(), query.key());
    }

    private Path answer(Contender contender, BenchQuery query) throws Exception {
        Path target = directory.resolve(query + "-" + contender + ".answer");
        run(contender, query, "answer=" + target);
        return target;
    }

    private List<String> run(Contender contender, BenchQuery query, String what) throws Exception {
        Path work = Scratch.empty(directory.resolve("work"));
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(Arrays.asList(System.getProperty("bench.jvm", "-Xmx4g -XX:+UseG1GC").split(" ", -1)));
        command.addAll(openings());
        command.addAll(List.of("-Dbench.store=" + contender.store, "-Duser.timezone=UTC", "-cp", classPath(),
                contender.main, query.name(), directory.toString(), work.toString(), what));
        Path log = directory.resolve(query + "-" + contender + ".log");
        Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        List<String> lines;
        try (var output = process.inputReader()) {
            lines = output.lines().toList();
        }
        if (process.waitFor() != 0) {
            throw new IOException(contender + " failed on " + query + "; its log is " + log);
        }
        return lines;
    }

    /// Both engines get what either needs. No logging backend but the one that Spark brings: a second one might win, and log more.
    private static String classPath() {
        return String.join(File.pathSeparator, Arrays.stream(System.getProperty("java.class.path")
                .split(File.pathSeparator, -1))
                .filter(jar -> !jar.contains("slf4j-simple") && !jar.contains("slf4j-nop"))
                .toList());
    }

    private static List<String> openings() {
        List<String> flags = new ArrayList<>(List.of("--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED", "-Darrow.enable_unsafe_memory_access=true",
                "-Djdk.reflect.useDirectMethodHandle=false"));
        for (String name : List.of("java.lang", "java.lang.invoke", "java.lang.reflect", "java.io", "java.net",
                "java.nio",
                "java.util", "java.util.concurrent", "java.util.concurrent.atomic", "jdk.internal.ref", "sun.nio.ch",
                "sun.nio.cs", "sun.util.calendar")) {
            flags.add("--add-opens=java.base/" + name + "=ALL-UNNAMED");
        }
        return flags;
    }

    private static void print(BenchQuery query, String which, Map<Contender, List<Time>> times) {
        List<Time> ours = times.getOrDefault(Contender.THALWEG, List.of());
        times.forEach((contender, runs) -> {
            if (runs.isEmpty()) {
                return;
            }
            long cpu = median(runs, true);
            long wall = median(runs, false);
            System.out.printf("%-15s %-19s %-14s %2d runs   CPU %6.2f s (x%.1f)   wall %6.2f s (x%.1f)%n",
                    query.label(),
                    which, contender, runs.size(), cpu / 1e3, (double) cpu / median(ours, true), wall / 1e3,
                    (double) wall / median(ours, false));
        });
    }

    private static long median(List<Time> runs, boolean cpu) {
        return runs.stream().mapToLong(cpu ? Time::cpu : Time::wall).sorted().skip((runs.size() - 1) / 2).findFirst()
                .orElseThrow();
    }
}
