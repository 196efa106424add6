package dev.thalweg.execution.operator.session;

import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.error.InvalidQuery;
import org.apache.arrow.vector.FieldVector;

/// When the session of a row alone begins and ends.
public final class SessionTime {
    /// Of a row that is in no session: its time or its gap is NULL, or the gap is not above 0.
    public static final long NONE = Long.MIN_VALUE;

    private SessionTime() {}

    /// The value of a time or an interval, or [#NONE].
    static long value(FieldVector vector, int row) {
        return vector.getNullCount() > 0 && !Memory.getBit(vector.getValidityBufferAddress(), row)
                ? NONE
                : Memory.getLong(vector.getDataBufferAddress() + ((long) row << 3));
    }

    /// The end of the session that begins at `time`.
    public static long end(long time, long gap) {
        if (time > Long.MAX_VALUE - gap) {
            throw new InvalidQuery("THW-4220", "A session that begins " + time
                    + " microseconds after 1970 and lasts another " + gap
                    + " has no end: TIMESTAMP does not reach so far. Leave such rows out with WHERE.");
        }
        return time + gap;
    }
}
