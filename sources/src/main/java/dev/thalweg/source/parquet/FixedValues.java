package dev.thalweg.source.parquet;

import dev.thalweg.source.parquet.ValueForm.Fixed;
import dev.thalweg.spi.data.Memory;

/// Values of one width, in each encoding that pages have them in.
final class FixedValues {
    private FixedValues() {}

    static DamagedFile tooFew() {
        return new DamagedFile("a page has fewer values than it says");
    }

    static final class Plain implements Values {
        private final Fixed form;
        private final long end;
        private long from;

        Plain(Fixed form, long from, long end) {
            this.form = form;
            this.from = from;
            this.end = end;
        }

        @Override
        public void read(Filling into, int at, int count) {
            long bytes = (long) form.from() * count;
            if (bytes > end - from) {
                throw tooFew();
            }
            form.kernel().convert(from, into.address(at), count);
            from += bytes;
        }
    }

    /// INT32 and INT64 as packed differences.
    record Differences(Fixed form, DeltaReader numbers, Scratch scratch) implements Values {
        @Override
        public void read(Filling into, int at, int count) {
            long[] values = scratch.numbers();
            long plain = scratch.plain(Long.BYTES);
            for (int done = 0; done < count; done += STEP) {
                int step = Math.min(STEP, count - done);
                numbers.read(values, step);
                for (int i = 0; i < step; i++) {
                    if (form.from() == Integer.BYTES) {
                        Memory.putInt(plain + 4L * i, (int) values[i]);
                    } else {
                        Memory.putLong(plain + 8L * i, values[i]);
                    }
                }
                form.kernel().convert(plain, into.address(at + done), step);
            }
        }
    }

    /// The first bytes of all values, then the second ones, and so on (BYTE_STREAM_SPLIT).
    static final class Split implements Values {
        private final Fixed form;
        private final Scratch scratch;
        private final long start;
        private final long total;
        private int given;

        Split(Fixed form, long from, long end, Scratch scratch) {
            this.form = form;
            this.start = from;
            this.total = (end - from) / form.from();
            this.scratch = scratch;
        }

        @Override
        public void read(Filling into, int at, int count) {
            if (count > total - given) {
                throw tooFew();
            }
            int width = form.from();
            long plain = scratch.plain(width);
            for (int done = 0; done < count; done += STEP) {
                int step = Math.min(STEP, count - done);
                for (int k = 0; k < width; k++) {
                    long stream = start + k * total + given;
                    for (int i = 0; i < step; i++) {
                        Memory.putByte(plain + (long) width * i + k, Memory.getByte(stream + i));
                    }
                }
                given += step;
                form.kernel().convert(plain, into.address(at + done), step);
            }
        }
    }

    /// FIXED_LEN_BYTE_ARRAY that share beginnings.
    record Prefixed(Fixed form, PrefixedBytes bytes, Scratch scratch) implements Values {
        @Override
        public void read(Filling into, int at, int count) {
            int width = form.from();
            long plain = scratch.plain(width);
            for (int done = 0; done < count; done += STEP) {
                int step = Math.min(STEP, count - done);
                for (int i = 0; i < step; i++) {
                    if (bytes.advance() != width) {
                        throw new DamagedFile("a value has " + bytes.length() + " bytes instead of " + width);
                    }
                    bytes.copy(plain + (long) width * i);
                }
                form.kernel().convert(plain, into.address(at + done), step);
            }
        }
    }

    static final class PlainBits implements Values {
        private final long from;
        private final long total;
        private long given;

        PlainBits(long from, long end) {
            this.from = from;
            this.total = (end - from) * 8;
        }

        @Override
        public void read(Filling into, int at, int count) {
            if (count > total - given) {
                throw tooFew();
            }
            for (int i = 0; i < count; i++) {
                long bit = given + i;
                Memory.putByte(into.address(at + i), (byte) (Memory.getByte(from + (bit >>> 3)) >>> (bit & 7) & 1));
            }
            given += count;
        }
    }

    record RunBits(RunReader runs, Scratch scratch) implements Values {
        @Override
        public void read(Filling into, int at, int count) {
            for (int done = 0; done < count; done += STEP) {
                int step = Math.min(STEP, count - done);
                runs.read(scratch.flags(), 0, step);
                Memory.copy(scratch.flags(), 0, into.address(at + done), step);
            }
        }
    }
}
