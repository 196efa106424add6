package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.spi.data.Batch;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/// The rows of a batch in their order, and the frame of each.
///
/// @param row of `batch` at each place
/// @param from where the frame of a place begins; within a partition neither this nor `to` falls
/// @param to where it ends, exclusively
/// @param wanted whether anybody asks for the result of a place
/// @param passed what the rows before the first of a place's partition come to, where its frame takes them in; none, empty
@SuppressWarnings("ArrayRecordComponent") // nobody compares two
public record FrameRows(Batch batch, int[] row, int[] from, int[] to, int count, IntPredicate wanted,
        IntFunction<byte[]> passed) {
    /// Frames of which all are wanted, over whole partitions.
    public static FrameRows of(Batch batch, int[] row, int[] from, int[] to, int count) {
        byte[] nothing = new byte[0];
        return new FrameRows(batch, row, from, to, count, _ -> true, _ -> nothing);
    }

    int end(int place) {
        return Math.max(from[place], to[place]);
    }
}
