package dev.thalweg.spi.format;

import dev.thalweg.spi.data.Batch;

/// Turns the bytes of a format into rows in vectors: the seam between reading files and knowing a format.
///
/// The bytes lie off-heap. [Utf8Scan#PADDING_BYTES] more must be readable behind them, of which the decoder may write the
/// first, to have a sentinel there.
///
/// **Thread** One.
public interface RowDecoder extends AutoCloseable {
    /// Decodes records from `address` on, until the batch is full or the bytes are used up.
    ///
    /// @param last whether nothing follows, so that a record that ends with the bytes is whole
    /// @return the address after the last record taken. When that is `address` and [#isFull] does not hold, the record is
    ///         longer than the region: call again with more of it
    /// @throws MalformedRecord in the mode FAILFAST
    long decode(long address, long end, boolean last) throws MalformedRecord;

    /// Whether [#take] must be called before more can be decoded.
    boolean isFull();

    /// How many rows [#take] would give now.
    int rowCount();

    /// The rows decoded since the last call, as a batch that the caller closes.
    Batch take();

    /// How many records the mode DROPMALFORMED has left out since the last call.
    long takeDropped();

    @Override
    void close();
}
