package dev.thalweg.state.overlay;

/// Sorts longs and carries an int along with each: times with their slots, key prefixes with theirs. Nothing is allocated.
///
/// Quicksort with a median of three, insertion sort for short runs, and a check for what is sorted already, which is the
/// usual case for times.
public final class PairSort {
    private static final int SHORT = 24;

    private PairSort() {}

    /// Ascending by key, equal keys in no order.
    public static void sort(long[] keys, int[] payload, int from, int to) {
        if (!isSorted(keys, from, to)) {
            quick(keys, payload, from, to - 1);
        }
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
