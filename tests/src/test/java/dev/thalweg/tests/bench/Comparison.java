package dev.thalweg.tests.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One workload on several engines: the same files, heap and threads, a JVM each, taking turns. No time is kept before the
/// answers of all are equal, row by row.
final class Comparison {
    private final BenchArguments arguments;
    private final Workload workload;
    private final BenchFiles.Made input;

    Comparison(BenchArguments arguments, Workload workload, BenchFiles.Made input) {
        this.arguments = arguments;
        this.workload = workload;
        this.input = input;
    }

    /// What was measured.
    ///
    /// @param turns what each engine's JVMs said
    /// @param reference the seconds of [ReferenceLoop], which ran between them
    record Taken(Map<Contender, List<Turn>> turns, double reference) {
        List<Turn> ours() {
            return turns.getOrDefault(Contender.THALWEG, List.of());
        }
    }

    /// Strictly in turns, a JVM at a time: whatever else the machine does falls on all of them alike.
    Taken run() throws Exception {
        List<Contender> contenders = arguments.contenders().stream().filter(c -> c.isOfUseFor(workload)).toList();
        checkAnswers(contenders);
        Map<Contender, List<Turn>> taken = new EnumMap<>(Contender.class);
        List<Double> references = new ArrayList<>();
        for (int turn = 0; turn < arguments.effort().turns(); turn++) {
            references.add(ReferenceLoop.seconds());
            for (Contender contender : contenders) {
                taken.computeIfAbsent(contender, c -> new ArrayList<>())
                        .add(Turn.of(run(contender, Optional.empty(), arguments.effort().rounds(), List.of()),
                                arguments.effort().warmUp()));
            }
        }
        references.sort(null);
        return new Taken(taken, references.get(references.size() / 2));
    }

    private void checkAnswers(List<Contender> contenders) throws Exception {
        if (contenders.size() == 1) {
            return; // nobody to agree with
        }
        Path ours = answer(Contender.THALWEG);
        for (Contender contender : contenders) {
            if (contender != Contender.THALWEG) {
                long rows = new Answers(contender.dialect(), workload, input.files()).compare(answer(contender), ours);
                System.out.printf("  %s and %s give the same %,d rows%n", Contender.THALWEG.label(), contender.label(),
                        rows);
            }
        }
    }

    private Path answer(Contender contender) throws Exception {
        Path target = arguments.directory().resolve("answer-" + contender);
        Scratch.delete(target);
        run(contender, Optional.of(target), 1, List.of());
        return target;
    }

    /// Where the time of our warm runs goes: one more JVM, whose later runs are sampled by processor time.
    ///
    /// @return a page that draws it
    Path profile() throws Exception {
        Path page = Files.createDirectories(arguments.directory().resolve("profile"))
                .resolve(workload.label() + ".html");
        FlameGraph graph = new FlameGraph(page);
        Turn turn = Turn.of(run(Contender.THALWEG, Optional.empty(), FlameGraph.ROUNDS, List.of(graph.flag())), 1);
        graph.draw("Thalweg, " + workload.label(), turn);
        return page;
    }

    private List<String> run(Contender contender, Optional<Path> answer, int rounds, List<String> flags)
            throws Exception {
        Path work = Scratch.empty(arguments.directory().resolve("work"));
        Assignment assignment = new Assignment(workload, input.files(), contender.store(), work, answer,
                rounds);
        Path log = arguments.directory().resolve(workload.label() + "-" + contender + ".log");
        return new EngineProcess(contender, arguments.jvmFlags()).run(contender.mainClass(), assignment.words(), flags,
                log);
    }
}
