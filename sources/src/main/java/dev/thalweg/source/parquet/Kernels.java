package dev.thalweg.source.parquet;

import dev.thalweg.spi.data.Memory;

/// Loops from the values of a page to those of a vector, both side by side and little-endian.
final class Kernels {
    private static final long EPOCH_JULIAN_DAY = 2_440_588;
    private static final long DAY_MICROS = 86_400_000_000L;

    private Kernels() {}

    static void intToByte(long from, long to, int count) {
        for (int i = 0; i < count; i++) {
            Memory.putByte(to + i, (byte) Memory.getInt(from + 4L * i));
        }
    }

    static void intToShort(long from, long to, int count) {
        for (int i = 0; i < count; i++) {
            Memory.putShort(to + 2L * i, (short) Memory.getInt(from + 4L * i));
        }
    }

    static void intToLong(long from, long to, int count) {
        for (int i = 0; i < count; i++) {
            Memory.putLong(to + 8L * i, Memory.getInt(from + 4L * i));
        }
    }

    static void unsignedToLong(long from, long to, int count) {
        for (int i = 0; i < count; i++) {
            Memory.putLong(to + 8L * i, Integer.toUnsignedLong(Memory.getInt(from + 4L * i)));
        }
    }

    static void intToDouble(long from, long to, int count) {
        for (int i = 0; i < count; i++) {
            Memory.putDouble(to + 8L * i, Memory.getInt(from + 4L * i));
        }
    }

    static void floatToDouble(long from, long to, int count) {
        for (int i = 0; i < count; i++) {
            Memory.putDouble(to + 8L * i, Memory.getFloat(from + 4L * i));
        }
    }

    static void halfToFloat(long from, long to, int count) {
        for (int i = 0; i < count; i++) {
            Memory.putFloat(to + 4L * i, Float.float16ToFloat(Memory.getShort(from + 2L * i)));
        }
    }

    static void millisToMicros(long from, long to, int count) {
        for (int i = 0; i < count; i++) {
            long millis = Memory.getLong(from + 8L * i);
            if (millis > Long.MAX_VALUE / 1_000 || millis < Long.MIN_VALUE / 1_000) {
                throw new DamagedFile("a time of " + millis + " ms is out of range");
            }
            Memory.putLong(to + 8L * i, millis * 1_000);
        }
    }

    static void nanosToMicros(long from, long to, int count) {
        for (int i = 0; i < count; i++) {
            Memory.putLong(to + 8L * i, Math.floorDiv(Memory.getLong(from + 8L * i), 1_000));
        }
    }

    static void millisToTime(long from, long to, int count) {
        for (int i = 0; i < count; i++) {
            Memory.putLong(to + 8L * i, timeOfDay(Memory.getInt(from + 4L * i) * 1_000L));
        }
    }

    static void microsToTime(long from, long to, int count) {
        for (int i = 0; i < count; i++) {
            Memory.putLong(to + 8L * i, timeOfDay(Memory.getLong(from + 8L * i)));
        }
    }

    static void nanosToTime(long from, long to, int count) {
        for (int i = 0; i < count; i++) {
            Memory.putLong(to + 8L * i, timeOfDay(Math.floorDiv(Memory.getLong(from + 8L * i), 1_000)));
        }
    }

    private static long timeOfDay(long micros) {
        if (micros < 0 || micros >= DAY_MICROS) {
            throw new DamagedFile("a time of day of " + micros + " microseconds is none");
        }
        return micros;
    }

    /// INT96: nanoseconds of the day, then the Julian day.
    static void julianToMicros(long from, long to, int count) {
        for (int i = 0; i < count; i++) {
            long nanos = Memory.getLong(from + 12L * i);
            long day = Memory.getInt(from + 12L * i + 8) - EPOCH_JULIAN_DAY;
            Memory.putLong(to + 8L * i, day * DAY_MICROS + Math.floorDiv(nanos, 1_000));
        }
    }

    static void intToDecimal(long from, long to, int count) {
        for (int i = 0; i < count; i++) {
            putDecimal(to + 16L * i, Memory.getInt(from + 4L * i));
        }
    }

    static void longToDecimal(long from, long to, int count) {
        for (int i = 0; i < count; i++) {
            putDecimal(to + 16L * i, Memory.getLong(from + 8L * i));
        }
    }

    static void unsignedToDecimal(long from, long to, int count) {
        for (int i = 0; i < count; i++) {
            Memory.putLong(to + 16L * i, Memory.getLong(from + 8L * i));
            Memory.putLong(to + 16L * i + 8, 0);
        }
    }

    private static void putDecimal(long to, long unscaled) {
        Memory.putLong(to, unscaled);
        Memory.putLong(to + 8, unscaled >> 63);
    }

    static void bytesToDecimal(long from, int width, long to, int count) {
        for (int i = 0; i < count; i++) {
            putDecimal(from + (long) width * i, width, to + 16L * i);
        }
    }

    /// @param width bytes of the big-endian number, at the most 16
    static void putDecimal(long from, int width, long to) {
        long sign = width > 0 && Memory.getByte(from) < 0 ? -1 : 0;
        long low = sign;
        long high = sign;
        for (int i = 0; i < width; i++) {
            high = (high << 8) | (low >>> 56);
            low = (low << 8) | (Memory.getByte(from + i) & 0xFF);
        }
        Memory.putLong(to, low);
        Memory.putLong(to + 8, high);
    }
}
