package dev.thalweg.execution.operator.match;

import dev.thalweg.planner.incremental.MatchPattern.Part;
import java.util.Arrays;
import java.util.List;

/// A pattern as instructions: take a row as a variable, go on at either of two places and rather at the first, found.
///
/// **Source** R. Cox, Regular Expression Matching: the Virtual Machine Approach, 2009.
final class Program {
    private static final int LABEL = 0;
    private static final int FORK = 1;
    private static final int FOUND = 2;

    private int size;
    private int[] kind = new int[16];
    /// Of LABEL the variable; of FORK where to go on.
    private int[] first = new int[16];
    /// Of LABEL 1 where the row is shown; of FORK where to go on if need be.
    private int[] second = new int[16];

    private Program() {}

    static Program of(Part pattern) {
        Program program = new Program();
        program.write(pattern);
        program.add(FOUND, 0, 0);
        return program;
    }

    int size() {
        return size;
    }

    boolean isLabel(int at) {
        return kind[at] == LABEL;
    }

    boolean isFound(int at) {
        return kind[at] == FOUND;
    }

    int variable(int at) {
        return first[at];
    }

    boolean isShown(int at) {
        return second[at] == 1;
    }

    /// Where a fork goes on, and what it would rather not do; a jump goes to one place.
    int preferred(int at) {
        return first[at];
    }

    int other(int at) {
        return second[at];
    }

    private int add(int what, int one, int two) {
        if (size == kind.length) {
            kind = Arrays.copyOf(kind, size * 2);
            first = Arrays.copyOf(first, size * 2);
            second = Arrays.copyOf(second, size * 2);
        }
        kind[size] = what;
        first[size] = one;
        second[size] = two;
        return size++;
    }

    private void write(Part part) {
        switch (part) {
            case Part.Label(int variable, boolean shown) -> add(LABEL, variable, shown ? 1 : 0);
            case Part.Sequence(List<Part> parts) -> parts.forEach(this::write);
            case Part.Choice(List<Part> parts) -> choice(parts);
            case Part.Repeat repeat -> repeat(repeat);
        }
    }

    private void choice(List<Part> parts) {
        int[] jumps = new int[parts.size()];
        for (int i = 0; i < parts.size(); i++) {
            boolean last = i == parts.size() - 1;
            int fork = last ? -1 : add(FORK, size + 1, 0);
            write(parts.get(i));
            if (!last) {
                jumps[i] = add(FORK, 0, 0);
                second[fork] = size;
            }
        }
        for (int i = 0; i + 1 < parts.size(); i++) {
            first[jumps[i]] = size;
            second[jumps[i]] = size;
        }
    }

    private void repeat(Part.Repeat repeat) {
        for (int i = 0; i < repeat.least(); i++) {
            write(repeat.part());
        }
        if (repeat.most().isEmpty()) {
            int fork = add(FORK, 0, 0);
            write(repeat.part());
            add(FORK, fork, fork);
            branch(fork, repeat.greedy());
            return;
        }
        int[] forks = new int[repeat.most().getAsInt() - repeat.least()];
        for (int i = 0; i < forks.length; i++) {
            forks[i] = add(FORK, 0, 0);
            write(repeat.part());
        }
        for (int fork : forks) {
            branch(fork, repeat.greedy());
        }
    }

    /// Into the part right behind the fork, or past it.
    private void branch(int fork, boolean greedy) {
        first[fork] = greedy ? fork + 1 : size;
        second[fork] = greedy ? size : fork + 1;
    }
}
