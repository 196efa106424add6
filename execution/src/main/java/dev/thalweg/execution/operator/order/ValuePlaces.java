package dev.thalweg.execution.operator.order;

import org.apache.arrow.vector.FieldVector;

/// Finds, for each place, the place whose value `lag`, `lead`, `first_value` and their like take; -1 where there is none.
final class ValuePlaces {
    private final WindowRows rows;
    /// The places that count, in order, and how many of them lie before each place.
    private final int[] counting;
    private final int[] before;

    /// @param ignoreNulls whether only places with a value count
    ValuePlaces(WindowRows rows, FieldVector values, boolean ignoreNulls) {
        this.rows = rows;
        this.counting = new int[rows.count];
        this.before = new int[rows.count + 1];
        boolean all = !ignoreNulls || values.getNullCount() == 0;
        int count = 0;
        for (int i = 0; i < rows.count; i++) {
            before[i] = count;
            if (all || !values.isNull(rows.row[i])) {
                counting[count++] = i;
            }
        }
        before[rows.count] = count;
    }

    /// The value so many places further on; a negative distance looks back.
    int[] shifted(long distance) {
        int[] places = new int[rows.count];
        for (int i = 0; i < places.length; i++) {
            if (distance == 0) {
                places[i] = i;
                continue;
            }
            long wanted = distance < 0 ? before[i] + distance : before[i + 1] + distance - 1;
            places[i] = within(wanted, rows.begin[i], rows.end[i]);
        }
        return places;
    }

    private int within(long wanted, int from, int to) {
        return wanted >= before[from] && wanted < before[to] ? counting[(int) wanted] : -1;
    }

    int[] first(Frames.Ends ends) {
        return nth(ends, 1);
    }

    int[] nth(Frames.Ends ends, long number) {
        int[] places = new int[rows.count];
        for (int i = 0; i < places.length; i++) {
            int from = ends.from()[i];
            int to = Math.max(from, ends.to()[i]);
            places[i] = within(before[from] + number - 1, from, to);
        }
        return places;
    }

    int[] last(Frames.Ends ends) {
        int[] places = new int[rows.count];
        for (int i = 0; i < places.length; i++) {
            int from = ends.from()[i];
            int to = Math.max(from, ends.to()[i]);
            places[i] = within(before[to] - 1L, from, to);
        }
        return places;
    }
}
