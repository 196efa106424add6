package dev.thalweg.tests.bench;

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
/// @param events how much input: lines, events, or NEXMark's events of all three tables
/// @param turns JVMs of each engine
/// @param rounds runs in each JVM, of which the first is cold
/// @param encoding how bids are written: Parquet unless told otherwise
/// @param jvmFlags the flags of every engine's JVM
/// @param directory where data, checkpoints and answers lie
record BenchArguments(List<Workload> workloads, Set<Contender> contenders, long events, int turns, int rounds,
        Optional<Input.Encoding> encoding, String jvmFlags, Path directory) {
    static final String USAGE = """
            usage: thalweg bench NAME ... [--vs spark,duckdb] [--events N] [--turns N] [--rounds N] [--format parquet|json]
              NAME is one of %s, or nexmark for all queries that begin with q"""
            .formatted(Arrays.stream(Workload.values()).map(Workload::label).collect(Collectors.joining(", ")));

    /// @param directory where data may lie
    /// @param words what the user typed
    /// @throws IllegalArgumentException a message for the user, if they cannot be understood
    static BenchArguments of(Path directory, List<String> words) {
        List<Workload> workloads = new ArrayList<>();
        Set<Contender> contenders = new LinkedHashSet<>(List.of(Contender.THALWEG));
        long events = 10_000_000;
        long turns = 3;
        long rounds = 3;
        Optional<Input.Encoding> encoding = Optional.empty();
        String jvmFlags = System.getProperty("bench.jvm", "-Xmx4g -XX:+UseG1GC");
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (!word.startsWith("--")) {
                workloads.addAll(workloads(word));
                continue;
            }
            if (i + 1 == words.size()) {
                throw new IllegalArgumentException(word + " needs a value");
            }
            String value = words.get(++i);
            switch (word) {
                case "--vs" -> contenders.addAll(contenders(value));
                case "--events" -> events = number(word, value);
                case "--turns" -> turns = number(word, value);
                case "--rounds" -> rounds = number(word, value);
                case "--format" -> encoding = Optional.of(encoding(value));
                default -> throw new IllegalArgumentException("there is no option " + word);
            }
        }
        if (workloads.isEmpty()) {
            throw new IllegalArgumentException("no query is named");
        }
        return new BenchArguments(List.copyOf(workloads), contenders, events, (int) turns, (int) rounds, encoding,
                jvmFlags, directory);
    }

    Input.Encoding encoding(Workload workload) {
        return workload.input() == Input.BIDS ? encoding.orElse(workload.input().usual()) : workload.input().usual();
    }

    private static List<Workload> workloads(String name) {
        if (name.equals("nexmark")) {
            return Arrays.stream(Workload.values()).filter(workload -> workload.input() == Input.BIDS).toList();
        }
        return List.of(Workload.named(name)
                .orElseThrow(() -> new IllegalArgumentException("there is no query '" + name + "'")));
    }

    private static List<Contender> contenders(String names) {
        List<Contender> found = new ArrayList<>();
        for (String name : names.split(",", -1)) {
            List<Contender> meant = Arrays.stream(Contender.values())
                    .filter(contender -> contender.dialect().label().equals(name)).toList();
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

    private static long number(String option, String value) {
        if (!value.matches("[1-9][0-9]{0,11}")) {
            throw new IllegalArgumentException(option + " needs a number from 1 up, not '" + value + "'");
        }
        return Long.parseLong(value);
    }
}
