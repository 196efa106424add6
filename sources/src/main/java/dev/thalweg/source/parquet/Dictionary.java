package dev.thalweg.source.parquet;

import dev.thalweg.spi.data.ArrowTypes;
import dev.thalweg.spi.data.CodeDictionary;
import dev.thalweg.spi.data.Coded;
import dev.thalweg.spi.data.CodedNumber;
import dev.thalweg.spi.data.CodedText;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.FixedWidth;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.NumberDictionary;
import dev.thalweg.spi.data.TextDictionary;
import java.util.stream.IntStream;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.jspecify.annotations.Nullable;

/// The distinct values of a column chunk, already in the vector's form, for the indices in its pages.
final class Dictionary implements AutoCloseable {
    private final ArrowBuf buffer;
    private final int size;
    /// Of byte strings: where each begins (upper half) and how long it is (lower half); else empty.
    private final long[] slices;
    private @Nullable CodeDictionary shared;

    /// @param page the plain values, which the dictionary takes over or copies from
    /// @param length how many bytes of the page are values
    static Dictionary of(ArrowBuf page, long length, int size, SchemaNode.Leaf leaf, ValueForm form) {
        try {
            return switch (form) {
                case ValueForm.Bytes _ -> new Dictionary(page, size, slices(page.memoryAddress(), length, size, leaf));
                case ValueForm.Fixed(int from, int to, ValueForm.Kernel kernel) -> {
                    requireBytes((long) from * size, length);
                    ArrowBuf converted = like(page, (long) to * size);
                    convert(kernel, page, converted, size);
                    page.close();
                    yield new Dictionary(converted, size, new long[0]);
                }
                case ValueForm.DecimalBytes _ -> {
                    long[] slices = slices(page.memoryAddress(), length, size, leaf);
                    ArrowBuf converted = like(page, 16L * size);
                    for (int i = 0; i < size; i++) {
                        int bytes = Math.min(16, (int) slices[i]);
                        Kernels.putDecimal(page.memoryAddress() + (slices[i] >>> 32) + (int) slices[i] - bytes, bytes,
                                converted.memoryAddress() + 16L * i);
                    }
                    page.close();
                    yield new Dictionary(converted, size, new long[0]);
                }
                case ValueForm.Bits _ -> throw new DamagedFile("a BOOLEAN column has a dictionary");
            };
        } catch (RuntimeException e) {
            page.close();
            throw e;
        }
    }

    private static void convert(ValueForm.Kernel kernel, ArrowBuf page, ArrowBuf converted, int size) {
        try {
            kernel.convert(page.memoryAddress(), converted.memoryAddress(), size);
        } catch (DamagedFile e) {
            converted.close();
            throw e;
        }
    }

    private static ArrowBuf like(ArrowBuf page, long bytes) {
        return page.getReferenceManager().getAllocator().buffer(Math.max(1, bytes));
    }

    private static void requireBytes(long needed, long length) {
        if (needed > length) {
            throw new DamagedFile("a dictionary has fewer values than it says");
        }
    }

    private static long[] slices(long address, long length, int size, SchemaNode.Leaf leaf) {
        long[] slices = new long[size];
        boolean fixed = leaf.physical() == SchemaNode.Physical.FIXED;
        long at = 0;
        for (int i = 0; i < size; i++) {
            requireBytes(at + (fixed ? 0 : Integer.BYTES), length);
            int bytes = fixed ? leaf.length() : Memory.getInt(address + at);
            at += fixed ? 0 : Integer.BYTES;
            if (bytes < 0 || bytes > length - at) {
                throw new DamagedFile("a dictionary has fewer values than it says");
            }
            slices[i] = at << 32 | bytes;
            at += bytes;
        }
        return slices;
    }

    private Dictionary(ArrowBuf buffer, int size, long[] slices) {
        this.buffer = buffer;
        this.size = size;
        this.slices = slices;
    }

    int size() {
        return size;
    }

    /// The values that indices on a page name.
    Indexed values(RunReader indices, Scratch scratch) {
        return new Indexed(this, indices, scratch);
    }

    /// Values that a page names by their place in the dictionary.
    record Indexed(Dictionary dictionary, RunReader indices, Scratch scratch) implements Values {
        @Override
        public void read(Filling into, int at, int count) {
            for (int done = 0; done < count; done += STEP) {
                int step = Math.min(STEP, count - done);
                readCodes(scratch.indices, 0, step);
                dictionary.gather(scratch.indices, step, into, at + done);
            }
        }

        /// The next values' places.
        void readCodes(int[] codes, int at, int count) {
            indices.read(codes, at, count);
            dictionary.check(codes, at, count);
        }
    }

    /// Writes the values side by side.
    void gather(int[] indices, int count, Filling into, int at) {
        switch (into.width) {
            case 0 -> gatherBytes(indices, count, into, at);
            case 4 -> gatherInts(indices, count, buffer.memoryAddress(), into.address(at));
            case 8 -> gatherLongs(indices, count, buffer.memoryAddress(), into.address(at));
            default -> gatherAny(indices, count, into, at);
        }
    }

    /// A column that holds only the codes of its values. All columns made so have one dictionary.
    ///
    /// @param codes one a row, or [Coded#NULL]
    /// @param hasNulls whether that is among them
    Coded coded(Field field, int[] codes, boolean hasNulls) {
        CodeDictionary all = shared;
        if (all == null) {
            all = shared(field);
            shared = all;
        }
        return switch (all) {
            case TextDictionary texts -> new CodedText(codes, codes.length, hasNulls, texts.retain());
            case NumberDictionary numbers -> new CodedNumber(codes, codes.length, hasNulls, numbers.retain());
        };
    }

    private CodeDictionary shared(Field field) {
        return field.type().isFixedWidth()
                ? new NumberDictionary(numberVector(field))
                : TextDictionary.of(textVector(field));
    }

    private BaseFixedWidthVector numberVector(Field field) {
        BaseFixedWidthVector vector = (BaseFixedWidthVector) ArrowTypes.newVector(field,
                buffer.getReferenceManager().getAllocator());
        FixedWidth.allocateAll(vector, size);
        Memory.copy(buffer.memoryAddress(), vector.getDataBufferAddress(), (long) vector.getTypeWidth() * size);
        return vector;
    }

    private BaseVariableWidthVector textVector(Field field) {
        BaseVariableWidthVector vector = (BaseVariableWidthVector) ArrowTypes.newVector(field,
                buffer.getReferenceManager().getAllocator());
        try (Filling into = new Filling(vector, new ValueForm.Bytes(), Math.max(1, size), 0,
                buffer.getReferenceManager().getAllocator())) {
            for (int done = 0; done < size; done += Values.STEP) {
                int[] step = IntStream.range(done, Math.min(size, done + Values.STEP)).toArray();
                gatherBytes(step, step.length, into, done);
            }
            into.setAllValid(size);
            into.finish(size);
            return vector;
        } catch (RuntimeException e) {
            vector.close();
            throw e;
        }
    }

    private void check(int[] indices, int from, int count) {
        int last = size - 1;
        int signs = 0;
        for (int i = from; i < from + count; i++) {
            signs |= indices[i] | (last - indices[i]);
        }
        if (signs >= 0) {
            return;
        }
        for (int i = from; i < from + count; i++) {
            if (Integer.compareUnsigned(indices[i], size) >= 0) {
                throw new DamagedFile("a page refers to value " + Integer.toUnsignedString(indices[i])
                        + " of a dictionary of " + size);
            }
        }
    }

    private static void gatherInts(int[] indices, int count, long from, long to) {
        for (int i = 0; i < count; i++) {
            Memory.putInt(to + 4L * i, Memory.getInt(from + 4L * indices[i]));
        }
    }

    private static void gatherLongs(int[] indices, int count, long from, long to) {
        for (int i = 0; i < count; i++) {
            Memory.putLong(to + 8L * i, Memory.getLong(from + 8L * indices[i]));
        }
    }

    private void gatherAny(int[] indices, int count, Filling into, int at) {
        for (int i = 0; i < count; i++) {
            Memory.copyFew(buffer.memoryAddress() + (long) into.width * indices[i], into.address(at + i), into.width);
        }
    }

    private void gatherBytes(int[] indices, int count, Filling into, int at) {
        long total = 0;
        for (int i = 0; i < count; i++) {
            total += (int) slices[indices[i]];
        }
        long to = into.room(at, total);
        long offset = into.offset(at);
        int end = into.dataBytes(at);
        long base = buffer.memoryAddress();
        for (int i = 0; i < count; i++) {
            long slice = slices[indices[i]];
            int bytes = (int) slice;
            Memory.copyFew(base + (slice >>> 32), to, bytes);
            to += bytes;
            end += bytes;
            Memory.putInt(offset + 4L * (i + 1), end);
        }
    }

    @Override
    public void close() {
        if (shared != null) {
            shared.close();
        }
        buffer.close();
    }
}
