package dev.thalweg.source.parquet;

import java.util.OptionalLong;

/// What a footer says of the values of a column chunk, as far as it says it. Bounds are bytes, as PLAIN has them; they may
/// lie outside the least and the greatest value, never inside.
///
/// @param nulls how many there are
/// @param min empty bytes where it is not known
/// @param max likewise
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
record ChunkStatistics(OptionalLong nulls, byte[] min, byte[] max) {
    static final ChunkStatistics NONE = new ChunkStatistics(OptionalLong.empty(), new byte[0], new byte[0]);

    private static final class Fields {
        private OptionalLong nulls = OptionalLong.empty();
        private byte[] min = {};
        private byte[] max = {};
    }

    static ChunkStatistics read(CompactReader in) {
        Fields fields = new Fields();
        in.struct(id -> {
            switch (id) {
                case 3 -> fields.nulls = OptionalLong.of(in.i64());
                case 5 -> fields.max = in.bytes();
                case 6 -> fields.min = in.bytes();
                default -> in.skip(); // a rule: bounds of old, in an order that nobody knows, and counts
            }
        });
        return new ChunkStatistics(fields.nulls, fields.min, fields.max);
    }

    boolean hasBounds() {
        return min.length > 0 && max.length > 0;
    }
}
