package dev.thalweg.state.rocks;

import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.overlay.PairSort;

/// Puts operations into the order of their keys as bytes, the way RocksDB compares them.
///
/// Eight bytes of the keys at a time: keys with a common beginning, such as a window's, are compared word by word and never
/// from their start.
final class OperationSort {
    private long[] operations = new long[0];
    private int begin;
    private int[] order = new int[0];
    private long[] words = new long[0];

    /// Sorts the operations whose addresses are at `from` to before `to`; equal keys come in no order.
    void sort(long[] addresses, int from, int to) {
        int count = to - from;
        operations = addresses;
        begin = from;
        if (order.length < count) {
            order = new int[Math.max(count, order.length + (order.length >> 1))];
            words = new long[order.length];
        }
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        sortWords(0, count, 0);
    }

    /// Which of those that were sorted is the `number`th: how many places behind `from` it was.
    int at(int number) {
        return order[number];
    }

    /// The longest run of keys that are alike so far is sorted on in the loop, only the others by recursion: the stack stays
    /// logarithmic, however many bytes the keys have in common.
    private void sortWords(int first, int end, int firstDepth) {
        int from = first;
        int to = end;
        int depth = firstDepth;
        while (to - from > 1) {
            boolean exhausted = takeWords(from, to, depth);
            PairSort.sort(words, order, from, to);
            if (exhausted) {
                return;
            }
            depth += 8;
            int longest = from;
            int longestEnd = from;
            for (int run = from, runEnd; run < to; run = runEnd) {
                runEnd = runEnd(run, to);
                if (runEnd - run > longestEnd - longest) {
                    longest = run;
                    longestEnd = runEnd;
                }
            }
            for (int run = from, runEnd; run < to; run = runEnd) {
                runEnd = runEnd(run, to);
                if (run != longest && runEnd - run > 1) {
                    sortWords(run, runEnd, depth);
                }
            }
            from = longest;
            to = longestEnd;
        }
    }

    /// @return whether no key has bytes at this depth; the lengths are taken then, as the keys are the same but for zeros at
    ///         their ends and the shorter comes first
    private boolean takeWords(int from, int to, int depth) {
        boolean exhausted = true;
        for (int i = from; i < to; i++) {
            long operation = operations[begin + order[i]];
            int length = Operation.keyLength(operation);
            exhausted &= length <= depth;
            words[i] = word(Operation.key(operation) + depth, length - depth);
        }
        for (int i = from; exhausted && i < to; i++) {
            words[i] = Operation.keyLength(operations[begin + order[i]]);
        }
        return exhausted;
    }

    private int runEnd(int run, int to) {
        int at = run + 1;
        while (at < to && words[at] == words[run]) {
            at++;
        }
        return at;
    }

    /// The next bytes of a key, zeros behind its end, as a long that orders as they do.
    private static long word(long address, int bytes) {
        if (bytes >= 8) {
            return Long.reverseBytes(Memory.getLong(address)) ^ Long.MIN_VALUE;
        }
        return bytes <= 0
                ? Long.MIN_VALUE
                : Long.reverseBytes(Memory.getFew(address, bytes)) ^ Long.MIN_VALUE;
    }
}
