package dev.thalweg.tests.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// Thalweg beside Spark: the same files, heap and threads, a JVM each, taking turns. No time is kept before the answers
/// are equal, group by group.
///
/// Started by the Maven profile `bench`; see `docs/benchmarks.md`. System properties: `bench.events` and `bench.lines` (how
/// much input), `bench.turns` (JVMs of each engine), `bench.rounds` (runs in each JVM, of which the first is cold).
public final class Comparison {
    private static final long SEED = 42;
    private static final List<String> SPARKS_OWN = List.of("org/apache/spark", "org/apache/hadoop", "scala", "log4j",
            "jul-to-slf4j", "jcl-over-slf4j", "slf4j-simple");

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

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /// What a JVM said: the times of its runs, the cold one first, and the most memory it held.
    private record Turn(List<Time> times, long peakKilobytes) {
        static Turn of(List<String> lines) {
            List<Time> times = new ArrayList<>();
            long peak = 0;
            for (String line : lines) {
                String[] words = line.split(" ", -1);
                switch (words[0]) {
                    case "TIME" -> times.add(new Time(Long.parseLong(words[1]), Long.parseLong(words[2])));
                    case "PEAK" -> peak = Long.parseLong(words[1]);
                    default -> {
                    } // a rule: an engine may print what it likes
                }
            }
            return new Turn(times, peak);
        }
    }

    /// One run of a query, in milliseconds.
    private record Time(long wall, long cpu) {}

    /// Runs every query with both engines and compares answers and times.
    ///
    /// @param arguments where data and checkpoints may lie
    public static void main(String[] arguments) throws Exception {
        Comparison comparison = new Comparison(Path.of(arguments[0]));
        Files.createDirectories(comparison.directory);
        System.out.printf("Java %s, %s, %d processors, seed %d%n", Runtime.version(),
                System.getProperty("bench.jvm", "-Xmx4g -XX:+UseG1GC"), Runtime.getRuntime().availableProcessors(),
                SEED);
        BenchData data = new BenchData(comparison.directory, SEED);
        for (BenchQuery query : BenchQuery.values()) {
            long rows = query == BenchQuery.WORD_COUNT
                    ? Long.getLong("bench.lines", 10_000_000)
                    : Long.getLong("bench.events", 10_000_000);
            System.out.println(data.make(query, rows));
            comparison.compare(query);
        }
    }

    /// Strictly in turns, a JVM at a time: whatever else the machine does falls on all of them alike.
    private void compare(BenchQuery query) throws Exception {
        checkAnswers(query);
        Map<Contender, List<Turn>> taken = new EnumMap<>(Contender.class);
        for (int turn = 0; turn < turns; turn++) {
            for (Contender contender : Contender.values()) {
                Turn one = Turn.of(run(contender, query, rounds));
                taken.computeIfAbsent(contender, c -> new ArrayList<>()).add(one);
                System.out.printf("  turn %d, %s: %s%n", turn + 1, contender.label(), one);
            }
        }
        print(query, taken);
    }

    private void checkAnswers(BenchQuery query) throws Exception {
        Path ours = answer(Contender.THALWEG, query);
        Path theirs = answer(Contender.SPARK_HEAP, query);
        List<String> mine = Files.readAllLines(ours);
        List<String> their = Files.readAllLines(theirs);
        for (int row = 0; row < Math.max(mine.size(), their.size()); row++) {
            String left = row < mine.size() ? mine.get(row) : "nothing";
            String right = row < their.size() ? their.get(row) : "nothing";
            if (!left.equals(right)) {
                throw new IllegalStateException("The answers differ, so there are no times. Row " + (row + 1) + " is "
                        + left + " in " + ours + " and " + right + " in " + theirs);
            }
        }
        System.out.printf("%s: %,d groups by %s, row by row the same in both engines%n", query.label(), mine.size(),
                query.key());
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
        command.addAll(List.of("-Dbench.store=" + contender.store, "-Duser.timezone=UTC", "-cp", classPath(contender),
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

    /// Spark gets everything, with the logging backend that it brings (a second one might win, and log more). Thalweg is run
    /// as its users run it: without Spark and its backend on the class path.
    private static String classPath(Contender contender) {
        List<String> leftOut = contender == Contender.THALWEG ? SPARKS_OWN : List.of("slf4j-simple", "slf4j-nop");
        return String.join(File.pathSeparator,
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .filter(jar -> leftOut.stream().noneMatch(jar::contains)).toList());
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

    private static void print(BenchQuery query, Map<Contender, List<Turn>> taken) {
        System.out.printf("%n%-26s %5s  %10s %8s  %10s %8s  %10s %8s%n", query.label(), "runs", "CPU s", "ratio",
                "wall s",
                "ratio", "peak MB", "ratio");
        row("cold", taken, turn -> turn.times().subList(0, 1));
        row("warm", taken, turn -> turn.times().subList(1, turn.times().size()));
        System.out.println();
    }

    /// Medians, and how many times ours they are.
    private static void row(String which, Map<Contender, List<Turn>> taken, Function<Turn, List<Time>> runs) {
        double[] ours = new double[3];
        taken.forEach((contender, turns) -> {
            List<Time> times = turns.stream().flatMap(turn -> runs.apply(turn).stream()).toList();
            if (times.isEmpty()) {
                return;
            }
            double[] theirs = {median(times.stream().map(Time::cpu).toList()) / 1e3,
                    median(times.stream().map(Time::wall).toList()) / 1e3,
                    median(turns.stream().map(Turn::peakKilobytes).toList()) / 1024.0};
            if (contender == Contender.THALWEG) {
                System.arraycopy(theirs, 0, ours, 0, ours.length);
            }
            System.out.printf("%-5s %-20s %5d  %10.2f %7.1fx  %10.2f %7.1fx  %10.0f %7.1fx%n", which, contender.label(),
                    times.size(), theirs[0], theirs[0] / ours[0], theirs[1], theirs[1] / ours[1], theirs[2],
                    theirs[2] / ours[2]);
        });
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().skip((values.size() - 1) / 2).findFirst().orElseThrow();
    }
}
