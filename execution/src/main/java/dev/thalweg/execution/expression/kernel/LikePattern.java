package dev.thalweg.execution.expression.kernel;

import dev.thalweg.execution.expression.Utf8;
import dev.thalweg.spi.data.Memory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A LIKE pattern, matched on bytes: the runs between `%` signs, the first and the last of which are anchored.
///
/// **Cost** one pass over the value; runs in the middle are found leftmost, which is enough for LIKE.
public final class LikePattern {
    /// In a run: any one character.
    private static final int ANY_CHARACTER = -1;

    private final int[][] runs;

    private LikePattern(int[][] runs) {
        this.runs = runs;
    }

    public static LikePattern of(String pattern, char escape) {
        List<int[]> runs = new ArrayList<>();
        List<Integer> run = new ArrayList<>();
        for (int i = 0; i < pattern.length();) {
            int character = pattern.codePointAt(i);
            i += Character.charCount(character);
            if (character == escape) {
                character = escaped(pattern, i, escape);
                i += Character.charCount(character);
                addBytes(run, character);
            } else if (character == '%') {
                runs.add(array(run));
                run.clear();
            } else if (character == '_') {
                run.add(ANY_CHARACTER);
            } else {
                addBytes(run, character);
            }
        }
        runs.add(array(run));
        return new LikePattern(runs.toArray(int[][]::new));
    }

    private static int escaped(String pattern, int at, char escape) {
        if (at < pattern.length()) {
            int next = pattern.codePointAt(at);
            if (next == '%' || next == '_' || next == escape) {
                return next;
            }
        }
        throw Failures.invalidArgument(
                "The LIKE pattern '%s' is malformed: the escape character '%s' must be followed by '%%', '_' or itself."
                        .formatted(pattern, escape));
    }

    private static void addBytes(List<Integer> run, int character) {
        for (byte b : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
            run.add(b & 0xFF);
        }
    }

    private static int[] array(List<Integer> run) {
        return run.stream().mapToInt(Integer::intValue).toArray();
    }

    public boolean matches(Utf8 value) {
        long from = value.address();
        long end = from + value.length();
        int last = runs.length - 1;
        from = matchAt(runs[0], from, end);
        if (from < 0 || last == 0) {
            return from == end;
        }
        for (int i = 1; i < last; i++) {
            from = find(runs[i], from, end);
            if (from < 0) {
                return false;
            }
        }
        return endsWith(runs[last], from, end);
    }

    private static long find(int[] run, long from, long end) {
        if (run.length == 0) {
            return from;
        }
        for (long at = from; at < end; at++) {
            if (run[0] == ANY_CHARACTER || (Memory.getByte(at) & 0xFF) == run[0]) {
                long after = matchAt(run, at, end);
                if (after >= 0 && !isInsideCharacter(at)) {
                    return after;
                }
            }
        }
        return -1;
    }

    private static boolean isInsideCharacter(long at) {
        return (Memory.getByte(at) & 0xC0) == 0x80;
    }

    /// Where the run ends when it begins at `at`, or -1.
    private static long matchAt(int[] run, long at, long end) {
        long next = at;
        for (int expected : run) {
            if (next >= end) {
                return -1;
            }
            int found = Memory.getByte(next++) & 0xFF;
            if (expected == ANY_CHARACTER) {
                while (next < end && isInsideCharacter(next)) {
                    next++;
                }
            } else if (found != expected) {
                return -1;
            }
        }
        return next;
    }

    private static boolean endsWith(int[] run, long from, long end) {
        long at = end;
        for (int i = run.length - 1; i >= 0; i--) {
            if (--at < from) {
                return false;
            }
            if (run[i] == ANY_CHARACTER) {
                while (at > from && isInsideCharacter(at)) {
                    at--;
                }
            } else if ((Memory.getByte(at) & 0xFF) != run[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return Arrays.deepToString(runs);
    }
}
