package dev.thalweg.execution.hash;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.state.EncodedKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/// Whole rows as bytes and back: what materialised results and build sides keep. The format is [KeyLayout]'s, with values
/// exactly as they were.
public final class RowCodec implements AutoCloseable {
    private final RowType type;
    private final BufferAllocator allocator;
    private final KeyEncoder encoder;
    private final KeyDecoder decoder;

    public RowCodec(RowType type, BufferAllocator allocator) {
        this(type, KeyEncoder.verbatim(type, allocator), allocator);
    }

    /// Of rows as keys are compared: without -0.0.
    public static RowCodec ofKeys(RowType type, BufferAllocator allocator) {
        return new RowCodec(type,
                KeyEncoder.of(type, IntStream.range(0, type.size()).boxed().toList(), allocator), allocator);
    }

    private RowCodec(RowType type, KeyEncoder encoder, BufferAllocator allocator) {
        this.type = type;
        this.allocator = allocator;
        this.encoder = encoder;
        this.decoder = new KeyDecoder(encoder.layout());
    }

    /// Every row of the batch; valid until the next call. The hashes are not set.
    public EncodedKeys encode(Batch batch) {
        return encoder.encode(batch);
    }

    /// Turns rows into bytes, as state keeps them.
    ///
    /// @param rows physical row numbers, of which the first `count` are used
    public EncodedKeys encode(Batch batch, int[] rows, int count) {
        return encoder.encode(batch, rows, count);
    }

    /// A batch of the rows that begin at these addresses.
    public Batch decode(long[] at, int count) {
        return decode(at, count, null);
    }

    /// Turns bytes back into rows.
    ///
    /// @param weights one a row, or null where each is there once; taken over
    public Batch decode(long[] at, int count, @Nullable BigIntVector weights) {
        return Batch.of(type, columns(decoder, type, at, count, allocator), count, weights);
    }

    /// The columns of the rows that begin at these addresses; the caller owns them.
    public List<FieldVector> decodeColumns(long[] at, int count) {
        return columns(decoder, type, at, count, allocator);
    }

    /// The columns of keys or rows.
    public static List<FieldVector> columns(KeyDecoder decoder, RowType type, long[] at, int count,
            BufferAllocator allocator) {
        List<FieldVector> vectors = new ArrayList<>();
        try {
            for (int i = 0; i < type.size(); i++) {
                vectors.add(decoder.decode(i, type.field(i), at, count, allocator));
            }
            return vectors;
        } catch (RuntimeException e) {
            vectors.forEach(FieldVector::close); // a later one may not fit into the memory
            throw e;
        }
    }

    @Override
    public void close() {
        encoder.close();
    }
}
