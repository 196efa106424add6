package dev.thalweg.source.parquet;

import dev.thalweg.spi.data.Memory;

/// How the values of a leaf become those of a vector.
sealed interface ValueForm {
    /// Values of one width in the file, of another (or the same) in the vector.
    ///
    /// @param from bytes a value in the file
    /// @param to bytes a value in the vector
    record Fixed(int from, int to, Kernel kernel) implements ValueForm {}

    /// Byte strings: as many bytes in the vector as in the file.
    record Bytes() implements ValueForm {}

    /// Decimals as byte strings of any length: big-endian in the file, 16 bytes in the vector.
    record DecimalBytes() implements ValueForm {}

    record Bits() implements ValueForm {}

    /// Converts plain values that lie side by side. The loop over them is its own, so that the JIT sees it whole.
    interface Kernel {
        void convert(long from, long to, int count);
    }

    static Fixed copied(int width) {
        return new Fixed(width, width, (from, to, count) -> Memory.copy(from, to, (long) width * count));
    }
}
