package dev.thalweg.source.parquet;

import io.airlift.compress.v3.Decompressor;
import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.lz4.Lz4Decompressor;
import io.airlift.compress.v3.snappy.SnappyDecompressor;
import io.airlift.compress.v3.zstd.ZstdDecompressor;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// How pages are packed.
enum Codec {
    NONE, SNAPPY, GZIP, LZO, BROTLI, LZ4_HADOOP, ZSTD, LZ4;

    /// Unpacks pages. Belongs to one column of one scan.
    interface Unpacker extends AutoCloseable {
        /// Fills `to`, which is as long as the footer said the page would be.
        void unpack(ByteBuffer from, ByteBuffer to);

        @Override
        default void close() {}
    }

    static Codec of(int number) {
        if (number < 0 || number >= values().length) {
            throw new UnsupportedFile("it is packed with the unknown codec " + number);
        }
        return values()[number];
    }

    /// The libraries behind it are loaded here, when the first page asks for one.
    Unpacker unpacker() {
        return switch (this) {
            case NONE -> (from, to) -> to.put(from);
            case SNAPPY -> with(SnappyDecompressor.create());
            case ZSTD -> with(ZstdDecompressor.create());
            case LZ4 -> with(Lz4Decompressor.create());
            case GZIP -> new Gzip();
            case LZO, BROTLI, LZ4_HADOOP -> throw new UnsupportedFile("it is packed with "
                    + (this == LZ4_HADOOP ? "LZ4 in Hadoop's old framing" : this)
                    + "; read are snappy, zstd, gzip, lz4_raw and none");
        };
    }

    private static Unpacker with(Decompressor library) {
        return (from, to) -> {
            int expected = to.remaining();
            int bytes;
            try {
                bytes = library.decompress(MemorySegment.ofBuffer(from), MemorySegment.ofBuffer(to));
            } catch (MalformedInputException | IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new DamagedFile("a page cannot be unpacked: " + e.getMessage(), e);
            }
            if (bytes != expected) {
                throw new DamagedFile("a page unpacks to " + bytes + " bytes instead of " + expected);
            }
        };
    }

    /// Gzip by the JDK, from memory to memory: a page is one or more gzip members, whose headers are few fixed bytes.
    private static final class Gzip implements Unpacker {
        private static final int HEADER_BYTES = 10;
        private static final int TRAILER_BYTES = 8;
        private final Inflater inflater = new Inflater(true);

        @Override
        public void unpack(ByteBuffer from, ByteBuffer to) {
            try {
                while (to.hasRemaining() && from.remaining() > HEADER_BYTES) {
                    skipHeader(from);
                    inflater.reset();
                    inflater.setInput(from);
                    while (!inflater.finished() && inflater.inflate(to) > 0) {
                        // goes on until the member ends or the page is full
                    }
                    from.position(Math.min(from.limit(), from.position() + TRAILER_BYTES));
                }
            } catch (DataFormatException e) {
                throw new DamagedFile("a page cannot be unpacked: " + e.getMessage(), e);
            }
            if (to.hasRemaining()) {
                throw new DamagedFile("a page unpacks to " + to.remaining() + " bytes too few");
            }
        }

        private static void skipHeader(ByteBuffer from) {
            int at = from.position();
            boolean gzip = from.get(at) == 0x1F && from.get(at + 1) == (byte) 0x8B;
            if (!gzip || (from.get(at + 3) & ~1) != 0) {
                throw new DamagedFile("a page is not the gzip that it should be");
            }
            from.position(at + HEADER_BYTES);
        }

        @Override
        public void close() {
            inflater.end();
        }
    }
}
