package dev.thalweg.state.overlay;

import java.util.Arrays;

/// Sorts longs and carries an int along with each: times with their slots, key prefixes with theirs.
///
/// Quicksort with a median of three, insertion sort for short runs, and a check for what is sorted already, which is the
/// usual case for times. A few keys that come often, such as the ends of windows, are dealt out by counting instead, which
/// alone allocates: five bytes a pair.
public final class PairSort {
    private static final int SHORT = 24;
    /// More distinct keys are not a few.
    private static final int FEW = 64;
    /// So often must a key come, on average, that counting pays.
    private static final int OFTEN = 16;

    private PairSort() {}

    /// Ascending by key, equal keys in no order.
    public static void sort(long[] keys, int[] payload, int from, int to) {
        if (!isSorted(keys, from, to) && !deal(keys, payload, from, to)) {
            quick(keys, payload, from, to - 1);
        }
    }

    /// A counting sort, which leaves payloads of one key in the order in which they were.
    ///
    /// @return whether the keys are few enough; else nothing was done
    private static boolean deal(long[] keys, int[] payload, int from, int to) {
        if (to - from < FEW * OFTEN) {
            return false;
        }
        long[] few = new long[FEW]; // as they are met
        byte[] table = new byte[2 * FEW]; // by linear probing, one more than the number of a key
        byte[] of = new byte[FEW * OFTEN]; // where keys are many, that shows soon
        int[] counts = new int[FEW];
        int size = 0;
        int number = 0;
        for (int i = from; i < to; i++) {
            long key = keys[i];
            if (size == 0 || few[number] != key) {
                int place = (int) ((key * 0x9E3779B97F4A7C15L) >>> 57); // Fibonacci hashing to seven bits
                while (table[place] != 0 && few[table[place] - 1] != key) {
                    place = place + 1 & table.length - 1;
                }
                if (table[place] == 0) {
                    if (size == FEW) {
                        return false;
                    }
                    few[size++] = key;
                    table[place] = (byte) size;
                }
                number = table[place] - 1;
            }
            if (i - from == of.length) {
                of = Arrays.copyOf(of, to - from);
            }
            of[i - from] = (byte) number;
            counts[number]++;
        }
        deal(keys, payload, from, of, Arrays.copyOf(few, size), counts);
        return true;
    }

    /// @param of the number of each key among `few`
    private static void deal(long[] keys, int[] payload, int from, byte[] of, long[] few, int[] counts) {
        long[] sorted = few.clone();
        Arrays.sort(sorted);
        int[] numbers = new int[few.length];
        for (int number = 0; number < few.length; number++) {
            numbers[Arrays.binarySearch(sorted, few[number])] = number;
        }
        int[] next = new int[few.length];
        int begin = 0;
        for (int number : numbers) {
            next[number] = begin;
            Arrays.fill(keys, from + begin, from + begin + counts[number], few[number]);
            begin += counts[number];
        }
        int[] dealt = new int[of.length];
        for (int i = 0; i < of.length; i++) {
            dealt[next[of[i]]++] = payload[from + i];
        }
        System.arraycopy(dealt, 0, payload, from, dealt.length);
    }

    private static boolean isSorted(long[] keys, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (keys[i - 1] > keys[i]) {
                return false;
            }
        }
        return true;
    }

    private static void quick(long[] keys, int[] payload, int from, int to) {
        int low = from;
        int high = to;
        while (high - low >= SHORT) {
            int split = partition(keys, payload, low, high);
            if (split - low < high - split) { // the shorter side by recursion: the stack stays logarithmic
                quick(keys, payload, low, split);
                low = split + 1;
            } else {
                quick(keys, payload, split + 1, high);
                high = split;
            }
        }
        insertion(keys, payload, low, high);
    }

    /// Hoare's: equal keys are spread over both sides, so many equal times are no worst case.
    private static int partition(long[] keys, int[] payload, int low, int high) {
        long pivot = median(keys[low], keys[(low + high) >>> 1], keys[high - 1]);
        int left = low - 1;
        int right = high + 1;
        while (true) {
            do {
                left++;
            } while (keys[left] < pivot);
            do {
                right--;
            } while (keys[right] > pivot);
            if (left >= right) {
                return Math.min(right, high - 1);
            }
            swap(keys, payload, left, right);
        }
    }

    private static long median(long a, long b, long c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    private static void insertion(long[] keys, int[] payload, int low, int high) {
        for (int i = low + 1; i <= high; i++) {
            long key = keys[i];
            int carried = payload[i];
            int j = i - 1;
            while (j >= low && keys[j] > key) {
                keys[j + 1] = keys[j];
                payload[j + 1] = payload[j];
                j--;
            }
            keys[j + 1] = key;
            payload[j + 1] = carried;
        }
    }

    private static void swap(long[] keys, int[] payload, int i, int j) {
        long key = keys[i];
        keys[i] = keys[j];
        keys[j] = key;
        int carried = payload[i];
        payload[i] = payload[j];
        payload[j] = carried;
    }
}
