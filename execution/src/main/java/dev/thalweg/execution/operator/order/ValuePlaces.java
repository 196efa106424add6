package dev.thalweg.execution.operator.order;

import dev.thalweg.execution.hash.Gather;
import dev.thalweg.execution.operator.order.Partial.Kept;
import org.apache.arrow.vector.FieldVector;

/// Finds, for each place, the row whose value `lag`, `lead`, `first_value` and their like take; [Gather#NULL_ROW] where there is
/// none.
final class ValuePlaces {
    private final WindowRows rows;
    private final int call;
    /// The places that count, in order, and how many of them lie before each place.
    private final int[] counting;
    private final int[] before;

    /// @param call the function's number
    /// @param ignoreNulls whether only places with a value count
    ValuePlaces(WindowRows rows, int call, FieldVector values, boolean ignoreNulls) {
        this.rows = rows;
        this.call = call;
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
        int[] found = new int[rows.count];
        for (int i = 0; i < found.length; i++) {
            if (distance == 0) {
                found[i] = rows.row[i];
                continue;
            }
            long wanted = distance < 0 ? before[i] + distance : before[i + 1] + distance - 1;
            found[i] = within(wanted, rows.begin[i], rows.end[i]);
        }
        return found;
    }

    private int within(long wanted, int from, int to) {
        return wanted >= before[from] && wanted < before[to] ? rows.row[counting[(int) wanted]] : Gather.NULL_ROW;
    }

    int[] nth(Frames.Ends ends, long number) {
        int[] found = new int[rows.count];
        for (int i = 0; i < found.length; i++) {
            int from = ends.from()[i];
            int to = Math.max(from, ends.to()[i]);
            long left = number - rows.kept(i, call).counted();
            found[i] = left > 0 ? within(before[from] + left - 1, from, to) : rows.start(i).carried(call);
        }
        return found;
    }

    /// What [#nth] keeps of the rows up to a cut.
    Kept nthAfter(Cut cut, Kept kept, long number) {
        long left = number - kept.counted();
        int row = left > 0 ? within(before[cut.from()] + left - 1, cut.from(), cut.to()) : kept.row();
        return Kept.of(row, kept.counted() + before[cut.to()] - before[cut.from()]);
    }

    int[] last(Frames.Ends ends) {
        int[] found = new int[rows.count];
        for (int i = 0; i < found.length; i++) {
            int from = ends.from()[i];
            int to = Math.max(from, ends.to()[i]);
            found[i] = before[to] > before[from]
                    ? rows.row[counting[before[to] - 1]]
                    : rows.start(i).carried(call);
        }
        return found;
    }

    /// What [#last] keeps of the rows up to a cut.
    Kept lastAfter(Cut cut, Kept kept) {
        boolean found = before[cut.to()] > before[cut.from()];
        return found ? Kept.of(rows.row[counting[before[cut.to()] - 1]], 0) : kept;
    }
}
