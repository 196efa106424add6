package dev.thalweg.execution.operator.match;

import dev.thalweg.spi.error.InvalidQuery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the match that SQL prefers among those that begin at a row, or says that it takes rows to come to know it.
///
/// All ways through the pattern go on at once, row by row, in the order in which a search that tries one after the other would
/// come to them; two that cannot differ from here on are one. The first to arrive in that order is the match, once no way that
/// comes before it is left. So nothing is tried twice, and what is not decided yet shows as a way that is still open.
///
/// Cost: where conditions look at their row and its neighbours only, a row costs no more than the pattern is long. Where they
/// look at what else is in the match, ways that differ in it go on side by side; there may be [#WAYS_MAX] of them.
/// **Source** R. Cox, Regular Expression Matching: the Virtual Machine Approach, 2009 (Pike's virtual machine), with
/// the preference of ISO/IEC 9075-2:2016, 7.22 (row pattern recognition).
final class Matcher {
    private static final int WAYS_MAX = 100_000;
    /// A way of which the next row cannot be told yet.
    private static final int BLOCKED = -1;

    private final Program program;
    private final Tests tests;
    private int[] at = new int[16];
    private Path[] paths = new Path[16];
    private int ways;
    private int[] nextAt = new int[16];
    private Path[] nextPaths = new Path[16];
    private int nextWays;
    private final List<List<Path>> seen = new ArrayList<>();
    private final long[] seenIn;
    private long round;
    private int[] stack = new int[16];
    private @Nullable Path found;

    Matcher(Program program, Tests tests) {
        this.program = program;
        this.tests = tests;
        this.seenIn = new long[program.size()];
        for (int i = 0; i < program.size(); i++) {
            seen.add(new ArrayList<>(1));
        }
    }

    /// What is known of the rows.
    interface Tests {
        /// Whether the last row of a path may bear its variable.
        Answer test(Path path);

        /// Whether two paths of one start and length cannot be told apart by any condition to come.
        boolean alike(Path one, Path other);

        /// Whether there is a row at a place.
        boolean has(int place);

        /// Whether the row at a place may be in a match that begins at another.
        boolean spans(int start, int place);

        /// Whether no row that is still to come can be in a match that begins at a place.
        boolean isClosed(int start);
    }

    /// What is known of a condition.
    enum Answer {
        YES, NO, LATER
    }

    /// What a search has come to.
    enum Outcome {
        /// There is a match: [#match].
        FOUND,
        /// None begins here.
        NONE,
        /// Rows to come decide.
        WAITS
    }

    /// The rows of the match that was found.
    Path match() {
        return java.util.Objects.requireNonNull(found);
    }

    Outcome find(int start) {
        found = null;
        nextWays = 0;
        round++;
        follow(0, Path.at(start));
        for (int place = start;; place++) {
            turn();
            if (ways == 0) {
                return found == null ? Outcome.NONE : Outcome.FOUND;
            }
            if (isBlocked()) {
                return Outcome.WAITS;
            }
            if (!tests.has(place)) {
                return tests.isClosed(start) ? ended() : Outcome.WAITS;
            }
            if (!tests.spans(start, place)) {
                return ended();
            }
            step();
        }
    }

    /// No way takes another row; one that could not be judged may have been the match.
    private Outcome ended() {
        for (int i = 0; i < ways; i++) {
            if (at[i] == BLOCKED) {
                return Outcome.WAITS;
            }
        }
        return found == null ? Outcome.NONE : Outcome.FOUND;
    }

    private boolean isBlocked() {
        for (int i = 0; i < ways; i++) {
            if (at[i] != BLOCKED) {
                return false;
            }
        }
        return true;
    }

    private void turn() {
        int[] freeAt = at;
        Path[] freePaths = paths;
        at = nextAt;
        paths = nextPaths;
        ways = nextWays;
        nextAt = freeAt;
        nextPaths = freePaths;
        nextWays = 0;
        round++;
    }

    /// Every way takes the next row, or ends.
    private void step() {
        for (int i = 0; i < ways; i++) {
            if (at[i] == BLOCKED) {
                add(BLOCKED, paths[i]);
                continue;
            }
            Path longer = paths[i].with(program.variable(at[i]), program.isShown(at[i]));
            switch (tests.test(longer)) {
                case YES -> {
                    if (follow(at[i] + 1, longer)) {
                        return; // what comes later is preferred less
                    }
                }
                case LATER -> add(BLOCKED, longer);
                case NO -> {
                }
            }
        }
    }

    /// Goes on from a place in the program up to where rows are taken.
    ///
    /// @return whether the pattern has been found
    private boolean follow(int from, Path path) {
        int depth = 0;
        stack[depth++] = from;
        while (depth > 0) {
            int here = stack[--depth];
            if (isSeen(here, path)) {
                continue;
            }
            if (program.isFound(here)) {
                found = path;
                return true;
            }
            if (program.isLabel(here)) {
                add(here, path);
                continue;
            }
            if (depth + 2 > stack.length) {
                stack = Arrays.copyOf(stack, stack.length * 2);
            }
            stack[depth++] = program.other(here);
            stack[depth++] = program.preferred(here);
        }
        return false;
    }

    private boolean isSeen(int here, Path path) {
        List<Path> known = seen.get(here);
        if (seenIn[here] != round) {
            seenIn[here] = round;
            known.clear();
        }
        for (Path other : known) {
            if (isSame(other, path) || tests.alike(other, path)) {
                return true;
            }
        }
        known.add(path);
        return false;
    }

    @SuppressWarnings("ReferenceEquality") // a path is what it is: one that came by another way is compared by its rows
    private static boolean isSame(Path one, Path other) {
        return one == other;
    }

    private void add(int here, Path path) {
        if (nextWays == nextAt.length) {
            if (nextWays == WAYS_MAX) {
                throw tooMany();
            }
            int capacity = Math.min(WAYS_MAX, nextWays * 2);
            nextAt = Arrays.copyOf(nextAt, capacity);
            nextPaths = Arrays.copyOf(nextPaths, capacity);
        }
        nextAt[nextWays] = here;
        nextPaths[nextWays++] = path;
    }

    private static InvalidQuery tooMany() {
        return new InvalidQuery("THW-4270", "A MATCH_RECOGNIZE follows more than " + WAYS_MAX
                + " ways through its pattern"
                + " at once: its conditions look at other rows of the match, of which there are so many different ones. Let"
                + " conditions look at their own row where that serves, make the pattern more definite, or bound it with"
                + " WITHIN.");
    }
}
