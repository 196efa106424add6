package dev.thalweg.source.parquet;

import dev.thalweg.spi.data.Memory;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/// Unpacks Snappy, from memory to memory.
///
/// Numbers pack into pieces of three to five bytes, literal and copy in turn, so what counts is the time a piece takes. Short
/// pieces are moved as two words, whatever their length, where bytes behind them may be written: the next piece puts them
/// right. That takes half the time of the native library, the call of which is in it (a page of 64-bit prices: 970 MB/s for
/// 690; of dictionary indices: 2,680 for 1,080).
///
/// **Errors** [DamagedFile] where a piece would reach outside either memory. **Source** format_description.txt of Snappy.
final class Snappy {
    private static final int WORDS = 16;
    /// A piece that begins so far before the end may be moved as two words, with its longest head.
    private static final int SLACK = WORDS + 4;

    private Snappy() {}

    /// Fills `to`, both being off the heap.
    static void unpack(ByteBuffer from, ByteBuffer to) {
        long in = MemorySegment.ofBuffer(from).address();
        long out = MemorySegment.ofBuffer(to).address();
        long inEnd = in + from.remaining();
        int shift = 0;
        long length = 0;
        byte next;
        do {
            if (in == inEnd || shift > 28) {
                throw damaged();
            }
            next = Memory.getByte(in++);
            length |= (next & 0x7FL) << shift;
            shift += 7;
        } while (next < 0);
        if (length != to.remaining()) {
            throw new DamagedFile("a page unpacks to " + length + " bytes instead of " + to.remaining());
        }
        pieces(in, inEnd, out, out + length);
    }

    private static void pieces(long from, long inEnd, long start, long outEnd) {
        long in = from;
        long out = start;
        while (in < inEnd) {
            int tag = Memory.getByte(in++) & 0xFF;
            int kind = tag & 3;
            boolean roomy = in <= inEnd - SLACK && out <= outEnd - SLACK;
            if (kind == 0) {
                int length = (tag >>> 2) + 1;
                if (length <= WORDS && roomy) {
                    copyWords(in, out);
                } else {
                    int head = Math.max(0, length - 60);
                    length = literalLength(length, in, inEnd);
                    in += head;
                    if (length > inEnd - in || length > outEnd - out) {
                        throw damaged();
                    }
                    Memory.copy(in, out, length);
                }
                in += length;
                out += length;
                continue;
            }
            int head = kind == 3 ? 4 : kind;
            if (head > inEnd - in) {
                throw damaged();
            }
            int length = kind == 1 ? (tag >>> 2 & 7) + 4 : (tag >>> 2) + 1;
            long offset = offset(kind, tag, in);
            in += head;
            if (offset == 0 || offset > out - start || length > outEnd - out) {
                throw damaged();
            }
            if (offset >= 8 && length <= WORDS && out <= outEnd - SLACK) {
                copyWords(out - offset, out);
            } else {
                repeat(out - offset, out, length);
            }
            out += length;
        }
        if (out != outEnd) {
            throw new DamagedFile("a page unpacks to " + (outEnd - out) + " bytes too few");
        }
    }

    /// One after the other: where they overlap, the second is to see what the first wrote.
    private static void copyWords(long from, long to) {
        Memory.putLong(to, Memory.getLong(from));
        Memory.putLong(to + 8, Memory.getLong(from + 8));
    }

    private static int literalLength(int length, long in, long inEnd) {
        if (length <= 60) {
            return length;
        }
        int bytes = length - 60;
        if (bytes > inEnd - in) {
            throw damaged();
        }
        long longer = 1;
        for (int i = 0; i < bytes; i++) {
            longer += (Memory.getByte(in + i) & 0xFFL) << (8 * i);
        }
        if (longer > Integer.MAX_VALUE) {
            throw damaged();
        }
        return (int) longer;
    }

    private static long offset(int kind, int tag, long in) {
        return switch (kind) {
            case 1 -> (tag & 0xE0) << 3 | Memory.getByte(in) & 0xFF;
            case 2 -> Memory.getShort(in) & 0xFFFF;
            default -> Memory.getInt(in) & 0xFFFF_FFFFL; // a rule: there is no other kind
        };
    }

    /// What was just written may be copied too, again and again.
    private static void repeat(long from, long to, int length) {
        for (int i = 0; i < length; i++) {
            Memory.putByte(to + i, Memory.getByte(from + i));
        }
    }

    private static DamagedFile damaged() {
        return new DamagedFile("a page cannot be unpacked: its Snappy reaches outside it");
    }
}
