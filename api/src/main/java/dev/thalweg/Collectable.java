package dev.thalweg;

import java.util.List;
import java.util.NoSuchElementException;

/// What a program asks of a bounded dataset: its rows, how many there are, a table on the screen. Each call computes it.
///
/// @param <T> what a row is to the program
public sealed interface Collectable<T> permits Dataset {
    /// All rows.
    List<T> collectAsList();

    Dataset<T> limit(int rows);

    Dataset<Row> agg(Column first, Column... more);

    /// Prints the first rows as a table.
    ///
    /// @param truncate the most characters a cell shows; 0 for all
    void show(int rows, int truncate);

    default List<T> takeAsList(int rows) {
        return limit(rows).collectAsList();
    }

    default Object take(int rows) {
        return takeAsList(rows).toArray();
    }

    default Object collect() {
        return collectAsList().toArray();
    }

    default Object head(int rows) {
        return take(rows);
    }

    default T first() {
        List<T> rows = takeAsList(1);
        if (rows.isEmpty()) {
            throw new NoSuchElementException("The dataset is empty");
        }
        return rows.getFirst();
    }

    default T head() {
        return first();
    }

    default boolean isEmpty() {
        return takeAsList(1).isEmpty();
    }

    default long count() {
        return agg(functions.count("*").as("count")).first().getLong(0);
    }

    default void show() {
        show(20);
    }

    default void show(int rows) {
        show(rows, true);
    }

    default void show(boolean truncate) {
        show(20, truncate);
    }

    default void show(int rows, boolean truncate) {
        show(rows, truncate ? 20 : 0);
    }
}
