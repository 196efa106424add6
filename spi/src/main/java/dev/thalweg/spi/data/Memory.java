package dev.thalweg.spi.data;

import org.apache.arrow.memory.util.MemoryUtil;

/// Loads and stores at raw addresses of off-heap memory, the way generated code and hash tables touch Arrow's buffers.
///
/// No bounds are checked: the caller has checked the batch's row count. Goes through Arrow's own door to memory, which the
/// JIT turns into single instructions with little work; a segment over all memory took more of it, and more at run time for
/// the bounds that it checks (a tenth of a word count, measured by `ThalwegBench`). Little-endian machines only, as Arrow.
public final class Memory {
    /// No machine has smaller pages.
    private static final long PAGE_BYTES_MIN = 4096;

    private Memory() {}

    public static byte getByte(long address) {
        return MemoryUtil.getByte(address);
    }

    public static short getShort(long address) {
        return MemoryUtil.getShort(address);
    }

    public static int getInt(long address) {
        return MemoryUtil.getInt(address);
    }

    public static long getLong(long address) {
        return MemoryUtil.getLong(address);
    }

    public static float getFloat(long address) {
        return Float.intBitsToFloat(getInt(address));
    }

    public static double getDouble(long address) {
        return Double.longBitsToDouble(getLong(address));
    }

    /// Bit `index` of a bitmap that begins at `address`, least significant bit first, as Arrow keeps validity and BOOLEAN.
    public static boolean getBit(long address, int index) {
        return (getByte(address + (index >>> 3)) >>> (index & 7) & 1) != 0;
    }

    /// Whether the first `bits` bits of a bitmap are all set, looked at 64 at a time.
    public static boolean areAllSet(long address, int bits) {
        int at = 0;
        for (; at + Long.SIZE <= bits; at += Long.SIZE) {
            if (getLong(address + (at >>> 3)) != -1L) {
                return false;
            }
        }
        for (; at < bits; at++) {
            if (!getBit(address, at)) {
                return false;
            }
        }
        return true;
    }

    public static void putByte(long address, byte value) {
        MemoryUtil.putByte(address, value);
    }

    public static void putShort(long address, short value) {
        MemoryUtil.putShort(address, value);
    }

    public static void putInt(long address, int value) {
        MemoryUtil.putInt(address, value);
    }

    public static void putLong(long address, long value) {
        MemoryUtil.putLong(address, value);
    }

    public static void putFloat(long address, float value) {
        putInt(address, Float.floatToRawIntBits(value));
    }

    public static void putDouble(long address, double value) {
        putLong(address, Double.doubleToRawLongBits(value));
    }

    public static void putBit(long address, int index, boolean value) {
        long at = address + (index >>> 3);
        int bit = 1 << (index & 7);
        int old = getByte(at);
        putByte(at, (byte) (value ? old | bit : old & ~bit));
    }

    public static void copy(long from, long to, long bytes) {
        MemoryUtil.copyMemory(from, to, bytes);
    }

    public static void copy(byte[] from, int offset, long to, int bytes) {
        MemoryUtil.copyToMemory(from, offset, to, bytes);
    }

    public static void copy(long from, byte[] to, int offset, int bytes) {
        MemoryUtil.copyFromMemory(from, to, offset, bytes);
    }

    /// Fewer than 8 bytes as a word, little-endian and padded with zeros. Eight are loaded at once, except where they might
    /// reach into a page that is not there.
    public static long getFew(long address, int bytes) {
        if (bytes == 0) {
            return 0; // a text of no bytes may lie nowhere
        }
        if ((address & PAGE_BYTES_MIN - 1) <= PAGE_BYTES_MIN - Long.BYTES) {
            return getLong(address) & ~(-1L << (8 * bytes));
        }
        long word = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            word = (word << 8) | (getByte(address + i) & 0xFF);
        }
        return word;
    }

    /// Copies bytes of which there are mostly few: up to 64 of them by a loop, which beats the call of the copying stub.
    public static void copyFew(long from, long to, int bytes) {
        if (bytes > 64) {
            copy(from, to, bytes);
        } else if (bytes >= 8) {
            for (int i = 0; i + 8 < bytes; i += 8) {
                putLong(to + i, getLong(from + i));
            }
            putLong(to + bytes - 8, getLong(from + bytes - 8)); // overlaps: no loop over single bytes to mispredict
        } else if (bytes >= 4) {
            int last = getInt(from + bytes - 4);
            putInt(to, getInt(from));
            putInt(to + bytes - 4, last);
        } else if (bytes > 0) {
            byte middle = getByte(from + (bytes >> 1));
            byte last = getByte(from + bytes - 1);
            putByte(to, getByte(from));
            putByte(to + (bytes >> 1), middle);
            putByte(to + bytes - 1, last);
        }
    }

    /// Compares by words, of which the last overlaps the one before; single bytes only where there are fewer than four.
    public static boolean equal(long left, long right, int bytes) {
        if (bytes >= 8) {
            for (int i = 0; i + 8 < bytes; i += 8) {
                if (getLong(left + i) != getLong(right + i)) {
                    return false;
                }
            }
            return getLong(left + bytes - 8) == getLong(right + bytes - 8);
        }
        if (bytes >= 4) {
            return getInt(left) == getInt(right) && getInt(left + bytes - 4) == getInt(right + bytes - 4);
        }
        for (int i = 0; i < bytes; i++) {
            if (getByte(left + i) != getByte(right + i)) {
                return false;
            }
        }
        return true;
    }
}
