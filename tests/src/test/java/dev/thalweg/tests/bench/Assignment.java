package dev.thalweg.tests.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What one engine's JVM is asked to do. Its words are that JVM's arguments.
///
/// @param store which state store, where the engine has several; empty otherwise
/// @param work where checkpoints may lie
/// @param answer where to write the query's answer: then nothing is timed
/// @param rounds how often to run the query
record Assignment(Workload workload, InputFiles files, String store, Path work, Optional<Path> answer, int rounds) {
    List<String> words() {
        return List.of(workload.name(), files.encoding().name(), files.directory().toString(),
                Integer.toString(files.repeats()), store, work.toString(), answer.map(Path::toString).orElse(""),
                Integer.toString(rounds));
    }

    /// @param words as [#words] made them
    static Assignment of(String... words) {
        Workload workload = Workload.valueOf(words[0]);
        InputFiles files = new InputFiles(workload.input(), Input.Encoding.valueOf(words[1]), Path.of(words[2]),
                Integer.parseInt(words[3]));
        return new Assignment(workload, files, words[4], Path.of(words[5]),
                words[6].isEmpty() ? Optional.empty() : Optional.of(Path.of(words[6])), Integer.parseInt(words[7]));
    }
}
