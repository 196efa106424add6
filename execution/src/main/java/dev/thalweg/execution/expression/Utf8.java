package dev.thalweg.execution.expression;

import dev.thalweg.spi.data.Memory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A slice of bytes off the heap: a STRING (UTF-8) or BINARY value while it is computed on.
///
/// A slice is mutable and used again for the next row: whoever keeps a value longer than a call copies its bytes.
/// Order and equality are those of unsigned bytes, which for UTF-8 is the order of code points.
public final class Utf8 implements Comparable<Utf8> {
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private long address;
    private int length;
    private boolean constant;
    private @Nullable Object meaning;

    public Utf8() {}

    public Utf8(long address, int length) {
        this.address = address;
        this.length = length;
    }

    /// A copy of `text` in memory that lives as long as its allocator: for tests and constants.
    public static Utf8 of(String text, SegmentAllocator allocator) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        MemorySegment segment = allocator.allocate(Math.max(1, bytes.length));
        MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return new Utf8(segment.address(), bytes.length);
    }

    /// Says that neither this slice nor its bytes will ever change: a literal's.
    public Utf8 asConstant() {
        constant = true;
        return this;
    }

    boolean isConstant() {
        return constant;
    }

    /// What was last made of a constant, such as the date format it spells, if it is of that kind.
    <T> @Nullable T meaning(Class<T> kind) {
        return kind.isInstance(meaning) ? kind.cast(meaning) : null;
    }

    void setMeaning(Object made) {
        meaning = made;
    }

    public Utf8 set(long address, int length) {
        this.address = address;
        this.length = length;
        return this;
    }

    public long address() {
        return address;
    }

    /// In bytes.
    public int length() {
        return length;
    }

    public byte byteAt(int index) {
        return Memory.getByte(address + index);
    }

    /// The bytes from `from` (inclusive) to `to` (exclusive); shares the memory.
    public Utf8 slice(int from, int to) {
        return new Utf8(address + from, to - from);
    }

    /// How many characters (code points) it holds.
    public int characters() {
        int count = 0;
        for (int i = 0; i < length; i++) {
            count += (Memory.getByte(address + i) & 0xC0) == 0x80 ? 0 : 1;
        }
        return count;
    }

    public boolean isAscii() {
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            if ((Memory.getLong(address + i) & 0x8080808080808080L) != 0) {
                return false;
            }
        }
        for (; i < length; i++) {
            if (Memory.getByte(address + i) < 0) {
                return false;
            }
        }
        return true;
    }

    public byte[] toBytes() {
        byte[] bytes = new byte[length];
        Memory.copy(address, bytes, 0, length);
        return bytes;
    }

    public static boolean equal(Utf8 left, Utf8 right) {
        return left.length == right.length && Memory.equal(left.address, right.address, left.length);
    }

    public boolean startsWith(Utf8 prefix) {
        return prefix.length <= length && Memory.equal(address, prefix.address, prefix.length);
    }

    public boolean endsWith(Utf8 suffix) {
        return suffix.length <= length
                && Memory.equal(address + length - suffix.length, suffix.address, suffix.length);
    }

    /// Where `part` first begins at or after byte `from`, or -1.
    public int indexOf(Utf8 part, int from) {
        if (part.length == 0) {
            return from <= length ? from : -1;
        }
        byte first = Memory.getByte(part.address);
        int last = length - part.length;
        for (int at = indexOf(first, from, last + 1); at >= 0; at = indexOf(first, at + 1, last + 1)) {
            if (part.length == 1 || Memory.equal(address + at, part.address, part.length)) {
                return at;
            }
        }
        return -1;
    }

    /// Where a byte first stands in `[from, to)`, or -1. Eight bytes at a time: a loop over single ones mispredicts its end.
    private int indexOf(byte wanted, int from, int to) {
        long pattern = (wanted & 0xFF) * ONES;
        int at = from;
        for (; at + 8 <= to; at += 8) {
            long differs = Memory.getLong(address + at) ^ pattern;
            long found = differs - ONES & ~differs & HIGH_BITS; // the lowest set bit is of the first such byte
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        for (; at < to; at++) {
            if (Memory.getByte(address + at) == wanted) {
                return at;
            }
        }
        return -1;
    }

    /// Where `part`, which has a byte at least, last begins at or before byte `from`, or -1.
    public int lastIndexOf(Utf8 part, int from) {
        for (int at = Math.min(from, length - part.length); at >= 0; at--) {
            if (Memory.equal(address + at, part.address, part.length)) {
                return at;
            }
        }
        return -1;
    }

    @Override
    public int compareTo(Utf8 other) {
        int common = Math.min(length, other.length);
        int i = 0;
        for (; i + 8 <= common; i += 8) {
            long mine = Memory.getLong(address + i);
            long theirs = Memory.getLong(other.address + i);
            if (mine != theirs) {
                return Long.compareUnsigned(Long.reverseBytes(mine), Long.reverseBytes(theirs));
            }
        }
        for (; i < common; i++) {
            int difference = (Memory.getByte(address + i) & 0xFF) - (Memory.getByte(other.address + i) & 0xFF);
            if (difference != 0) {
                return difference;
            }
        }
        return length - other.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Utf8 slice && equal(this, slice);
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + Memory.getByte(address + i);
        }
        return hash;
    }

    @Override
    public String toString() {
        return new String(toBytes(), StandardCharsets.UTF_8);
    }
}
