package dev.thalweg.execution.hash;

/// Numbers the values of a column that has but a few of them in many rows, such as a window or a pane.
final class FewNumbers {
    /// More of them count as many.
    static final int MOST = 4;

    private final long[] values = new long[MOST];
    private int size;

    /// The number of a value, or [KeyColumn#MANY].
    int of(long value) {
        for (int i = 0; i < size; i++) {
            if (values[i] == value) {
                return i;
            }
        }
        if (size == MOST) {
            return KeyColumn.MANY;
        }
        values[size] = value;
        return size++;
    }

    /// Gives the numbers of some values.
    ///
    /// @return whether they are no more than a few
    boolean of(long[] some, int count, int[] numbers) {
        long last = some[0];
        int number = of(last);
        for (int i = 0; i < count && number >= 0; i++) {
            if (some[i] != last) {
                last = some[i];
                number = of(last);
            }
            numbers[i] = number;
        }
        return number >= 0;
    }

    void clear() {
        size = 0;
    }
}
