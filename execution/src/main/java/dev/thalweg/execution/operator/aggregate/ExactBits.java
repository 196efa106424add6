package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.spi.data.Memory;
import java.math.BigInteger;

/// A sum of doubles without any rounding: a whole number of units of 2^-1074 in two's complement, wide enough for every
/// finite double 2^77 times. What was added can be taken away again, bit for bit.
///
/// State: 34 words, 272 bytes, wherever the caller keeps them; zeros are 0. Cost: a handful of instructions a value, as the
/// carry hardly ever travels.
/// **Source** U. Kulisch, Computer Arithmetic and Validity, 2008 (the long accumulator).
final class ExactBits {
    static final int BYTES = 272;
    /// The unit is 2 to this power.
    static final int UNIT_EXPONENT = -1074;

    private static final int WORDS = BYTES / 8;
    private static final long MANTISSA = (1L << 52) - 1;

    private ExactBits() {}

    /// Adds `times * value`; `value` must be finite.
    static void add(long at, double value, long times) {
        long bits = Double.doubleToRawLongBits(value);
        int exponent = (int) (bits >>> 52) & 0x7FF;
        long mantissa = exponent == 0 ? bits & MANTISSA : (bits & MANTISSA) | 1L << 52;
        int shift = Math.max(exponent - 1, 0);
        long factor = Math.abs(times);
        long low = mantissa * factor;
        long high = Math.unsignedMultiplyHigh(mantissa, factor);
        int word = shift >>> 6;
        int bit = shift & 63;
        long first = low << bit;
        long second = bit == 0 ? high : low >>> (64 - bit) | high << bit;
        long third = bit == 0 ? 0 : high >>> (64 - bit);
        if (bits < 0 == times < 0) {
            plus(at, word, first, second, third);
        } else {
            minus(at, word, first, second, third);
        }
    }

    private static void plus(long base, int word, long first, long second, long third) {
        int i = word;
        long carry = plus(base, i++, first, 0);
        carry = plus(base, i++, second, carry);
        carry = i < WORDS ? plus(base, i++, third, carry) : 0;
        while (carry != 0 && i < WORDS) {
            carry = plus(base, i++, 0, carry);
        }
    }

    private static long plus(long base, int word, long value, long carry) {
        long at = base + ((long) word << 3);
        long old = Memory.getLong(at);
        long sum = old + value;
        long result = sum + carry;
        Memory.putLong(at, result);
        return Long.compareUnsigned(sum, old) < 0 || (carry != 0 && result == 0) ? 1 : 0;
    }

    private static void minus(long base, int word, long first, long second, long third) {
        int i = word;
        long borrow = minus(base, i++, first, 0);
        borrow = minus(base, i++, second, borrow);
        borrow = i < WORDS ? minus(base, i++, third, borrow) : 0;
        while (borrow != 0 && i < WORDS) {
            borrow = minus(base, i++, 0, borrow);
        }
    }

    private static long minus(long base, int word, long value, long borrow) {
        long at = base + ((long) word << 3);
        long old = Memory.getLong(at);
        long difference = old - value;
        Memory.putLong(at, difference - borrow);
        return Long.compareUnsigned(old, value) < 0 || (borrow != 0 && difference == 0) ? 1 : 0;
    }

    /// The sum in units.
    static BigInteger units(long at) {
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            bytes[BYTES - 1 - i] = Memory.getByte(at + i);
        }
        return new BigInteger(bytes);
    }

    /// The double nearest to `value * 2^exponent`, ties to even.
    static double toDouble(BigInteger value, int exponent) {
        BigInteger magnitude = value.abs();
        int excess = magnitude.bitLength() - 62;
        double nearest;
        if (excess <= 0) {
            nearest = Math.scalb((double) magnitude.longValue(), exponent);
        } else {
            long top = magnitude.shiftRight(excess).longValue();
            long sticky = magnitude.getLowestSetBit() < excess ? 1 : 0;
            nearest = Math.scalb((double) (top << 1 | sticky), excess - 1 + exponent);
        }
        return value.signum() < 0 ? -nearest : nearest;
    }
}
