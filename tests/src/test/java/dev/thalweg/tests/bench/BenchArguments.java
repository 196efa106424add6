package dev.thalweg.tests.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What is asked of the benchmark.
///
/// @param workloads which queries
/// @param contenders which engines, Thalweg first
/// @param effort how much of everything
/// @param encoding how rows are written where the input leaves a choice; the usual one unless told otherwise
/// @param data where real data lies
/// @param recorded the file of figures that new ones are held against, or are written to
/// @param use what is done besides: with that file, or to see where the time goes
/// @param jvmFlags the flags of every engine's JVM
/// @param directory where data, checkpoints and answers lie
record BenchArguments(List<Workload> workloads, Set<Contender> contenders, Effort effort,
        Optional<Input.Encoding> encoding, Optional<Path> data, Path recorded, Set<Use> use, String jvmFlags,
        Path directory) {
    static final String USAGE = """
            usage: thalweg bench NAME ... [--vs spark,flink,duckdb] [--events N] [--repeat N] [--turns N]
                           [--rounds N] [--warm-up N] [--format parquet|json] [--data DIR] [--check] [--record] [--recorded FILE] [--profile]
              NAME is one of %s;
              nexmark means all queries that begin with q. Alone: kernels (then JMH's options) times single loops,
              triggers small triggers, latency rows from end to end, growth more and more keys, parquet its decoding.
              --check ends with 1 if a query became slower than recorded, --record records it as it is now,
              --profile draws a flame graph of our warm runs"""
            .formatted(Arrays.stream(Workload.values()).map(Workload::label).collect(Collectors.joining(", ")));

    /// How much of everything.
    ///
    /// @param events lines, events, or NEXMark's events of all three tables
    /// @param turns JVMs of each engine
    /// @param rounds runs in each JVM, of which the first is cold
    /// @param warmUp so many of them, from the first on, do not count as warm
    /// @param repeats how often each run reads the input
    record Effort(long events, int turns, int rounds, int warmUp, int repeats) {
        static final Effort USUAL = new Effort(10_000_000, 3, 3, 1, 1);

        Effort withEvents(long number) {
            return new Effort(number, turns, rounds, warmUp, repeats);
        }

        Effort withTurns(int number) {
            return new Effort(events, number, rounds, warmUp, repeats);
        }

        Effort withRounds(int number) {
            return new Effort(events, turns, number, warmUp, repeats);
        }

        Effort withWarmUp(int number) {
            return new Effort(events, turns, rounds, number, repeats);
        }

        Effort withRepeats(int number) {
            return new Effort(events, turns, rounds, warmUp, number);
        }
    }

    /// What is done with the recorded figures, and whether a flame graph is wanted.
    enum Use {
        CHECK, RECORD, PROFILE
    }

    /// @param directory where data may lie, which is `target/bench` of the tests
    /// @param words what the user typed
    /// @throws IllegalArgumentException a message for the user, if they cannot be understood
    static BenchArguments of(Path directory, List<String> words) {
        List<Workload> workloads = new ArrayList<>();
        Set<Contender> contenders = new LinkedHashSet<>(List.of(Contender.THALWEG));
        Set<Use> use = new LinkedHashSet<>();
        Effort effort = Effort.USUAL;
        Optional<Input.Encoding> encoding = Optional.empty();
        Optional<Path> data = Optional.empty();
        Path recorded = directory.resolve("../../src/bench/recorded.jsonl").normalize();
        for (Iterated left = new Iterated(words); left.hasNext();) {
            String word = left.next();
            switch (word) {
                case "--vs" -> contenders.addAll(contenders(left.value(word)));
                case "--events" -> effort = effort.withEvents(number(word, left.value(word), Long.MAX_VALUE));
                case "--turns" -> effort = effort.withTurns((int) number(word, left.value(word), 1_000));
                case "--rounds" -> effort = effort.withRounds((int) number(word, left.value(word), 1_000));
                case "--warm-up" -> effort = effort.withWarmUp((int) number(word, left.value(word), 1_000));
                case "--repeat" -> effort = effort.withRepeats((int) number(word, left.value(word), 1_000));
                case "--format" -> encoding = Optional.of(encoding(left.value(word)));
                case "--data" -> data = Optional.of(Path.of(left.value(word)));
                case "--recorded" -> recorded = Path.of(left.value(word));
                case "--check" -> use.add(Use.CHECK);
                case "--record" -> use.add(Use.RECORD);
                case "--profile" -> use.add(Use.PROFILE);
                default -> workloads.addAll(workloads(word));
            }
        }
        BenchArguments wanted = new BenchArguments(List.copyOf(workloads), contenders, effort, encoding, data,
                recorded, use, System.getProperty("bench.jvm", EngineProcess.USUAL_FLAGS), directory);
        wanted.check();
        return wanted;
    }

    /// The words that are still to be read.
    private static final class Iterated {
        private final List<String> words;
        private int at;

        Iterated(List<String> words) {
            this.words = words;
        }

        boolean hasNext() {
            return at < words.size();
        }

        String next() {
            return words.get(at++);
        }

        String value(String option) {
            if (!hasNext()) {
                throw new IllegalArgumentException(option + " needs a value");
            }
            return next();
        }
    }

    Input.Encoding encoding(Workload workload) {
        return encoding.filter(workload.input()::has).orElse(workload.input().usual());
    }

    private void check() {
        if (workloads.isEmpty()) {
            throw new IllegalArgumentException("no query is named");
        }
        if (effort.warmUp() > 1 && effort.warmUp() >= effort.rounds()) {
            throw new IllegalArgumentException("--warm-up " + effort.warmUp() + " leaves none of " + effort.rounds()
                    + " rounds: take more --rounds");
        }
        List<String> late = workloads.stream()
                .filter(workload -> workload.has(Workload.Trait.EVENT_TIME) || workload.input().streams().size() > 1)
                .map(Workload::label).toList();
        if (effort.repeats() > 1 && !late.isEmpty()) {
            throw new IllegalArgumentException("--repeat is not for " + String.join(", ", late)
                    + ": by event time, rows that come again are late, and in a join they match once more; take more --events");
        }
        if (use.containsAll(List.of(Use.CHECK, Use.RECORD))) {
            throw new IllegalArgumentException("--check and --record exclude each other: check first, then record");
        }
        if (use.contains(Use.CHECK) && !Files.exists(recorded)) {
            throw new IllegalArgumentException("there are no figures to check against in " + recorded
                    + "; write them with --record, or name another file with --recorded FILE");
        }
        if (workloads.stream().anyMatch(workload -> workload.input() == Input.FLIGHTS)
                && data.filter(place -> Files.exists(place.resolve(BenchFiles.FLIGHTS))).isEmpty()) {
            throw new IllegalArgumentException("the real flights are not "
                    + data.map(place -> "in " + place).orElse("here") + ": they are no part of this repository, so say "
                    + "with --data DIR which directory holds " + BenchFiles.FLIGHTS
                    + " (docs/benchmarks.md describes it)");
        }
    }

    private static List<Workload> workloads(String name) {
        if (name.startsWith("--")) {
            throw new IllegalArgumentException("there is no option " + name);
        }
        if (name.equals("nexmark")) {
            return Arrays.stream(Workload.values()).filter(workload -> workload.input() == Input.BIDS
                    || workload.input() == Input.AUCTION_HOUSE).toList();
        }
        return List.of(Workload.named(name)
                .orElseThrow(() -> new IllegalArgumentException("there is no query '" + name + "'")));
    }

    private static List<Contender> contenders(String names) {
        List<Contender> found = new ArrayList<>();
        for (String name : names.split(",", -1)) {
            List<Contender> meant = Arrays.stream(Contender.values())
                    .filter(contender -> contender.isMeantBy(name)).toList();
            if (meant.isEmpty()) {
                throw new IllegalArgumentException("there is no engine '" + name + "' to compare with");
            }
            found.addAll(meant);
        }
        return found;
    }

    private static Input.Encoding encoding(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "parquet" -> Input.Encoding.PARQUET;
            case "json" -> Input.Encoding.JSON;
            default -> throw new IllegalArgumentException("--format is parquet or json, not '" + name + "'");
        };
    }

    private static long number(String option, String value, long most) {
        if (!value.matches("[1-9][0-9]{0,11}") || Long.parseLong(value) > most) {
            throw new IllegalArgumentException(option + " needs a number from 1 up"
                    + (most < Long.MAX_VALUE ? " to " + most : "") + ", not '" + value + "'");
        }
        return Long.parseLong(value);
    }
}
