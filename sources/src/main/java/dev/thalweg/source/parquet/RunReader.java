package dev.thalweg.source.parquet;

import dev.thalweg.spi.data.Memory;
import java.util.Arrays;

/// Reads small numbers written as runs of one value and stretches of packed bits: levels, dictionary indices, booleans.
///
/// Up to eight bytes behind the end may be loaded, never used: buffers have [ChunkPages#PADDING_BYTES] there.
/// **Source** "RLE/bit-packing hybrid" in Encodings.md of the Parquet format.
final class RunReader {
    private final int bits;
    private final long mask;
    private final long end;
    private long at;
    /// How many values are left of the run at hand.
    private int left;
    private boolean packed;
    private int value;
    /// Of a packed run: where its first unread bit is, counted from `at`.
    private long bit;

    RunReader(long from, long end, int bits) {
        if (bits < 0 || bits > Integer.SIZE) {
            throw new DamagedFile("numbers of " + bits + " bits");
        }
        this.at = from;
        this.end = end;
        this.bits = bits;
        this.mask = (1L << bits) - 1;
    }

    /// Where runs end that stand behind their length in bytes.
    static long end(long at, long end) {
        int bytes = end - at < Integer.BYTES ? -1 : Memory.getInt(at);
        if (bytes < 0 || bytes > end - at - Integer.BYTES) {
            throw new DamagedFile("a page has fewer bytes of levels than it says");
        }
        return at + Integer.BYTES + bytes;
    }

    private void nextRun() {
        at += packed ? (bit + 7) >>> 3 : 0;
        long header = header();
        packed = (header & 1) != 0;
        bit = 0;
        if (packed) {
            long values = Math.min((header >>> 1) * 8, bits == 0 ? Integer.MAX_VALUE : (end - at) * 8 / bits);
            left = (int) Math.min(values, Integer.MAX_VALUE);
        } else {
            left = (int) Math.min(header >>> 1, Integer.MAX_VALUE);
            int bytes = (bits + 7) >>> 3;
            if (at + bytes > end) {
                throw tooShort();
            }
            value = (int) (Memory.getLong(at) & mask);
            at += bytes;
        }
        if (left == 0) {
            throw new DamagedFile("an empty run of numbers");
        }
    }

    private long header() {
        long header = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            if (at >= end) {
                throw tooShort();
            }
            byte next = Memory.getByte(at++);
            header |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return header;
            }
        }
        throw new DamagedFile("the length of a run does not end");
    }

    private static DamagedFile tooShort() {
        return new DamagedFile("a page has fewer values than it says");
    }

    void read(int[] into, int offset, int count) {
        int done = 0;
        while (done < count) {
            if (left == 0) {
                nextRun();
            }
            int take = Math.min(left, count - done);
            if (packed) {
                unpack(at, bit, bits, mask, into, offset + done, take);
                bit += (long) bits * take;
            } else {
                Arrays.fill(into, offset + done, offset + done + take, value);
            }
            left -= take;
            done += take;
        }
    }

    private static void unpack(long at, long bit, int bits, long mask, int[] into, int offset, int count) {
        for (int i = 0; i < count; i++) {
            into[offset + i] = (int) ((Memory.getLong(at + (bit >>> 3)) >>> (bit & 7)) & mask);
            bit += bits;
        }
    }

    /// Reads numbers of one byte at the most.
    void read(byte[] into, int offset, int count) {
        int done = 0;
        while (done < count) {
            if (left == 0) {
                nextRun();
            }
            int take = Math.min(left, count - done);
            for (int i = 0; i < take; i++) {
                into[offset + done + i] = (byte) (packed
                        ? (Memory.getLong(at + (bit >>> 3)) >>> (bit & 7)) & mask
                        : value);
                bit += bits;
            }
            left -= take;
            done += take;
        }
    }

    /// Reads numbers of one bit into a bitmap.
    ///
    /// @return how many were 1
    int readBits(long bitmap, int row, int count) {
        int set = 0;
        int done = 0;
        while (done < count) {
            if (left == 0) {
                nextRun();
            }
            int take = Math.min(left, count - done);
            if (packed) {
                set += copyBits(at, bit, bitmap, row + done, take);
                bit += take;
            } else if (value != 0) {
                setBits(bitmap, row + done, take);
                set += take;
            }
            left -= take;
            done += take;
        }
        return set;
    }

    private static int copyBits(long at, long bit, long bitmap, int row, int count) {
        int set = 0;
        int done = 0;
        while (done < count) {
            int shift = (row + done) & 7;
            int take = Math.min(8 - shift, count - done);
            int eight = (int) (Memory.getLong(at + ((bit + done) >>> 3)) >>> ((bit + done) & 7)) & ((1 << take) - 1);
            long to = bitmap + ((row + done) >>> 3);
            Memory.putByte(to, (byte) (Memory.getByte(to) | eight << shift));
            set += Integer.bitCount(eight);
            done += take;
        }
        return set;
    }

    private static void setBits(long bitmap, int row, int count) {
        int done = 0;
        while (done < count) {
            int shift = (row + done) & 7;
            long to = bitmap + ((row + done) >>> 3);
            if (shift == 0 && count - done >= Long.SIZE) {
                Memory.putLong(to, -1L);
                done += Long.SIZE;
                continue;
            }
            int take = Math.min(8 - shift, count - done);
            Memory.putByte(to, (byte) (Memory.getByte(to) | ((1 << take) - 1) << shift));
            done += take;
        }
    }
}
