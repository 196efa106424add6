package dev.thalweg.source.parquet;

import dev.thalweg.spi.data.Memory;

/// Reads integers written as packed differences (DELTA_BINARY_PACKED), a miniblock at a time.
///
/// **Source** Encodings.md of the Parquet format.
final class DeltaReader {
    private static final int BLOCK_VALUES_MAX = 1 << 20;

    private final long end;
    private final int miniblocks;
    private final int miniblockValues;
    private final int total;
    private final long[] unpacked;
    private final int[] widths;
    private long at;
    private long previous;
    private long minDelta;
    private int miniblock;
    /// What of `unpacked` is not read yet: `[from, to)`.
    private int from;
    private int to;
    private int given;

    DeltaReader(long start, long end) {
        this.at = start;
        this.end = end;
        long blockValues = varint();
        long parts = varint();
        long count = varint();
        this.previous = zigzag();
        boolean sound = blockValues > 0 && blockValues <= BLOCK_VALUES_MAX && parts > 0 && parts <= blockValues
                && blockValues % parts == 0 && blockValues / parts % 8 == 0 && count >= 0 && count <= Integer.MAX_VALUE;
        if (!sound) {
            throw new DamagedFile("a page of differences has blocks of " + blockValues + " values in " + parts
                    + " parts");
        }
        this.miniblocks = (int) parts;
        this.miniblockValues = (int) (blockValues / parts);
        this.total = (int) count;
        this.unpacked = new long[miniblockValues];
        this.widths = new int[miniblocks];
        this.miniblock = miniblocks;
    }

    int total() {
        return total;
    }

    /// Where the bytes after the numbers begin, once all have been read.
    long position() {
        return at;
    }

    void read(long[] into, int count) {
        if (count > total - given) {
            throw new DamagedFile("a page has fewer values than it says");
        }
        int done = 0;
        if (given == 0 && count > 0) {
            into[done++] = previous; // the first value stands in the header
        }
        while (done < count) {
            if (from == to) {
                nextMiniblock(Math.min(miniblockValues, total - given - done));
            }
            int take = Math.min(to - from, count - done);
            for (int i = 0; i < take; i++) {
                previous += minDelta + unpacked[from + i];
                into[done + i] = previous;
            }
            from += take;
            done += take;
        }
        given += count;
    }

    /// @param needed how many of its values are used; the rest of the last one is padding
    private void nextMiniblock(int needed) {
        if (miniblock == miniblocks) {
            nextBlock();
        }
        int width = widths[miniblock++];
        long bytes = ((long) width * miniblockValues) >>> 3;
        if (width > Long.SIZE || at + (((long) width * needed + 7) >>> 3) > end) {
            throw new DamagedFile("a page has fewer values than it says");
        }
        unpack(at, width, unpacked, needed);
        at = Math.min(end, at + bytes);
        from = 0;
        to = needed;
    }

    private void nextBlock() {
        minDelta = zigzag();
        for (int i = 0; i < miniblocks; i++) {
            widths[i] = next() & 0xFF;
        }
        miniblock = 0;
    }

    private static void unpack(long at, int width, long[] into, int count) {
        long mask = width == Long.SIZE ? -1L : (1L << width) - 1;
        long bit = 0;
        for (int i = 0; i < count; i++) {
            long word = at + (bit >>> 3);
            int shift = (int) (bit & 7);
            long value = Memory.getLong(word) >>> shift;
            if (shift + width > Long.SIZE) {
                value |= (Memory.getByte(word + 8) & 0xFFL) << (Long.SIZE - shift);
            }
            into[i] = value & mask;
            bit += width;
        }
    }

    private byte next() {
        if (at >= end) {
            throw new DamagedFile("a page of differences ends too early");
        }
        return Memory.getByte(at++);
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            byte next = next();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new DamagedFile("a number in a page of differences does not end");
    }

    private long zigzag() {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }
}
