package dev.thalweg.source.parquet;

import dev.thalweg.spi.data.Memory;

/// Byte strings, in each encoding that pages have them in.
final class ByteValues {
    private ByteValues() {}

    /// Each behind its length, or all of one length.
    static final class Plain implements Values {
        private final int length;
        private final long end;
        private long from;

        /// @param length of each; 0 where it stands before each
        Plain(int length, long from, long end) {
            this.length = length;
            this.from = from;
            this.end = end;
        }

        @Override
        public void read(Filling into, int at, int count) {
            if (length > 0) {
                readFixed(into, at, count);
                return;
            }
            int start = into.dataBytes(at);
            int sum = start;
            long to = into.room(at, 0);
            long capacity = into.dataRoom();
            long offset = into.offset(at);
            for (int i = 0; i < count; i++) {
                int bytes = end - from < Integer.BYTES ? -1 : Memory.getInt(from);
                if (bytes < 0 || bytes > end - from - Integer.BYTES) {
                    throw FixedValues.tooFew();
                }
                if ((long) sum + bytes > capacity) {
                    to = into.room(at + i, bytes);
                    capacity = into.dataRoom();
                    offset = into.offset(at);
                }
                Memory.copyFew(from + Integer.BYTES, to, bytes);
                from += Integer.BYTES + bytes;
                to += bytes;
                sum += bytes;
                Memory.putInt(offset + 4L * (i + 1), sum);
            }
        }

        private void readFixed(Filling into, int at, int count) {
            long bytes = (long) length * count;
            if (bytes > end - from) {
                throw FixedValues.tooFew();
            }
            Memory.copy(from, into.room(at, bytes), bytes);
            int start = into.dataBytes(at);
            for (int i = 1; i <= count; i++) {
                Memory.putInt(into.offset(at + i), start + length * i);
            }
            from += bytes;
        }
    }

    /// All lengths first, then all bytes (DELTA_LENGTH_BYTE_ARRAY).
    static final class Lengths implements Values {
        private final int[] lengths;
        private final long end;
        private long from;
        private int next;

        Lengths(long from, long end, int entries) {
            DeltaReader numbers = new DeltaReader(from, end);
            this.lengths = PrefixedBytes.all(numbers, entries);
            this.from = numbers.position();
            this.end = end;
        }

        @Override
        public void read(Filling into, int at, int count) {
            if (count > lengths.length - next) {
                throw FixedValues.tooFew();
            }
            long bytes = 0;
            for (int i = 0; i < count; i++) {
                int length = lengths[next + i];
                bytes += length;
                if (length < 0 || bytes > end - from) {
                    throw FixedValues.tooFew();
                }
            }
            Memory.copy(from, into.room(at, bytes), bytes);
            int sum = into.dataBytes(at);
            for (int i = 0; i < count; i++) {
                sum += lengths[next + i];
                Memory.putInt(into.offset(at + i + 1), sum);
            }
            next += count;
            from += bytes;
        }
    }

    record Prefixed(PrefixedBytes bytes) implements Values {
        @Override
        public void read(Filling into, int at, int count) {
            for (int i = 0; i < count; i++) {
                int length = bytes.advance();
                bytes.copy(into.room(at + i, length));
                Memory.putInt(into.offset(at + i + 1), into.dataBytes(at + i) + length);
            }
        }
    }

    /// Decimals of any length, each behind it.
    static final class PlainDecimals implements Values {
        private static final int DECIMAL_BYTES = 16;
        private final long end;
        private long from;

        PlainDecimals(long from, long end) {
            this.from = from;
            this.end = end;
        }

        @Override
        public void read(Filling into, int at, int count) {
            for (int i = 0; i < count; i++) {
                int bytes = end - from < Integer.BYTES ? -1 : Memory.getInt(from);
                if (bytes < 0 || bytes > end - from - Integer.BYTES) {
                    throw FixedValues.tooFew();
                }
                from += Integer.BYTES + bytes;
                int low = Math.min(bytes, DECIMAL_BYTES); // what is before them repeats the sign
                Kernels.putDecimal(from - low, low, into.address(at + i));
            }
        }
    }
}
