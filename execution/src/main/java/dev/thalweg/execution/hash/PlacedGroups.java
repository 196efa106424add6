package dev.thalweg.execution.hash;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.CodeDictionary;
import dev.thalweg.spi.data.Coded;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Remembers which group each key is of by the key's place: a coded column's value stands at its code, another one's at its number
/// among the few that it has in many rows (a window, a pane, a day). A row whose place was met before needs no hash and no comparison.
///
/// It gives up for a while where a column has more than a few values, and for as long as places would be too many.
///
/// State: 4 bytes a place, forgotten with the groups, with a dictionary, and when a column's few values are others.
final class PlacedGroups {
    private static final int PLACES_MAX = 1 << 18;
    /// Remembering pays from about so many rows on.
    private static final int ROWS_MIN = 8 * 1024;
    private static final int PAUSE_MAX = 1024;
    /// More places than that are not forgotten one by one.
    private static final int TAKEN_MAX = 4096;

    private final GroupTable groups;
    private final KeyColumn[] columns;
    private final int[] source;
    private final @Nullable CodeDictionary[] dictionaries;
    private final int[] strides;
    private final int[] numbers;
    private final int[] places;
    /// The group of each place, absent where none is taken.
    private int[] known = new int[0];
    /// The places taken, as long as they are not too many.
    private final int[] takenPlaces = new int[TAKEN_MAX];
    private int taken;
    /// How many places there are; 0 if too many.
    private int size;
    private int clears;
    private long rowsSinceForgot;
    /// How many blocks are not even looked at, and how many it will be the next time.
    private int pause;
    private int nextPause = 1;

    /// @param source the batch's column of each column of the key
    /// @param rowsMax of a block
    PlacedGroups(GroupTable groups, KeyColumn[] columns, int[] source, int rowsMax) {
        this.groups = groups;
        this.columns = columns;
        this.source = source;
        this.dictionaries = new CodeDictionary[columns.length];
        this.strides = new int[columns.length];
        this.numbers = new int[rowsMax];
        this.places = new int[rowsMax];
        this.clears = -1;
    }

    /// Finds the place of each row of a block.
    ///
    /// @return whether it did
    boolean locate(Batch batch, boolean[] hasNulls, int[] rows, int from, int count) {
        if (pause > 0) {
            pause--;
            return false;
        }
        layOut(batch);
        if (size == 0 || hasOtherNulls(batch, hasNulls)) {
            return false;
        }
        boolean located = place(batch, rows, from, count);
        if (!located && rowsSinceForgot >= ROWS_MIN) {
            forget();
            located = place(batch, rows, from, count);
        }
        if (located) {
            rowsSinceForgot += count;
            nextPause = rowsSinceForgot >= ROWS_MIN ? 1 : nextPause;
        } else {
            pause = nextPause;
            nextPause = Math.min(2 * nextPause, PAUSE_MAX);
            forget();
        }
        return located;
    }

    /// Gives the groups of the rows that were located.
    ///
    /// @param ids the group of each row, from `from` on, or [GroupTable#ABSENT]
    /// @param absent which rows of the block those are
    /// @return how many
    int look(int[] ids, int from, int count, int[] absent) {
        int missing = 0;
        for (int i = 0; i < count; i++) {
            int id = known[places[i]];
            ids[from + i] = id;
            absent[missing] = i;
            missing += id >>> 31;
        }
        return missing;
    }

    /// Notes the group of a row of the block.
    void put(int row, int id) {
        known[places[row]] = id;
        if (taken < TAKEN_MAX) {
            takenPlaces[taken] = places[row];
        }
        taken++;
    }

    private void layOut(Batch batch) {
        boolean same = clears >= 0;
        for (int i = 0; i < columns.length; i++) {
            CodeDictionary dictionary = batch.column(source[i]) instanceof Coded coded ? coded.dictionary() : null;
            same &= dictionary == dictionaries[i];
            dictionaries[i] = dictionary;
        }
        if (!same) {
            long all = 1;
            for (int i = 0; i < columns.length; i++) {
                strides[i] = (int) all;
                CodeDictionary dictionary = dictionaries[i];
                all *= dictionary == null ? FewNumbers.MOST : dictionary.size() + 1L;
                all = all > PLACES_MAX ? 0 : all;
            }
            size = (int) all;
        }
        if (!same || clears != groups.clears()) {
            clears = groups.clears();
            forget();
        }
    }

    /// Whether columns that are not coded have NULLs, which have no place.
    private boolean hasOtherNulls(Batch batch, boolean[] hasNulls) {
        boolean any = false;
        for (int i = 0; i < columns.length; i++) {
            any |= hasNulls[i] && !(batch.column(source[i]) instanceof Coded);
        }
        return any;
    }

    private boolean place(Batch batch, int[] rows, int from, int count) {
        boolean isFirst = true;
        int base = 0;
        for (int i = 0; i < columns.length; i++) {
            int stride = strides[i];
            int number = KeyColumn.EACH;
            if (batch.column(source[i]) instanceof Coded coded) {
                number(coded.codes(), rows, from, count);
            } else {
                columns[i].read(batch.column(source[i]), false, rows, from, count);
                number = columns[i].number(numbers, count);
            }
            if (number == KeyColumn.MANY) {
                return false;
            }
            if (number == KeyColumn.EACH) {
                add(stride, count, isFirst);
                isFirst = false;
            } else {
                base += number * stride;
            }
        }
        shift(base, count, isFirst);
        return true;
    }

    private void number(int[] codes, int[] rows, int from, int count) {
        for (int i = 0; i < count; i++) {
            numbers[i] = codes[rows[from + i]] + 1;
        }
    }

    private void add(int stride, int count, boolean isFirst) {
        if (isFirst) {
            for (int i = 0; i < count; i++) {
                places[i] = numbers[i] * stride;
            }
        } else {
            for (int i = 0; i < count; i++) {
                places[i] += numbers[i] * stride;
            }
        }
    }

    private void shift(int base, int count, boolean isFirst) {
        if (isFirst) {
            Arrays.fill(places, 0, count, base);
        } else if (base > 0) {
            for (int i = 0; i < count; i++) {
                places[i] += base;
            }
        }
    }

    private void forget() {
        if (known.length < size) {
            known = new int[Math.max(size, 2 * known.length)];
            Arrays.fill(known, GroupTable.ABSENT);
        } else if (taken > TAKEN_MAX) {
            Arrays.fill(known, GroupTable.ABSENT);
        }
        for (int i = 0; i < Math.min(taken, TAKEN_MAX); i++) {
            known[takenPlaces[i]] = GroupTable.ABSENT;
        }
        taken = 0;
        for (KeyColumn column : columns) {
            column.forgetNumbers();
        }
        rowsSinceForgot = 0;
    }
}
