package dev.thalweg.source.parquet;

import dev.thalweg.source.parquet.SchemaNode.Leaf;
import dev.thalweg.source.parquet.SchemaNode.Physical;
import dev.thalweg.spi.data.Memory;
import java.util.Optional;

/// Chooses the decoder for the values of a page: by encoding, and by the form that the vector wants.
///
/// @param from where the values begin in memory; they end at `end`
record PageValues(Leaf leaf, ValueForm form, long from, long end, Scratch scratch) {
    static final int PLAIN = 0, PLAIN_DICTIONARY = 2, RLE = 3, BIT_PACKED = 4, DELTA = 5, DELTA_LENGTH = 6,
            DELTA_BYTES = 7, RLE_DICTIONARY = 8, SPLIT = 9;

    /// Makes the decoder.
    ///
    /// @param entries of the page: it has no more values
    Values of(int encoding, int entries, Optional<Dictionary> dictionary) {
        return switch (encoding) {
            case PLAIN -> plain();
            case PLAIN_DICTIONARY, RLE_DICTIONARY -> indices(dictionary);
            case RLE -> runs();
            case DELTA -> differences();
            case DELTA_LENGTH -> lengths(entries);
            case DELTA_BYTES -> prefixed(entries);
            case SPLIT -> split();
            default -> throw new UnsupportedFile("column " + leaf.name() + " has the unknown encoding " + encoding);
        };
    }

    private Values plain() {
        return switch (form) {
            case ValueForm.Fixed fixed -> new FixedValues.Plain(fixed, from, end);
            case ValueForm.Bytes _ ->
                    new ByteValues.Plain(leaf.physical() == Physical.FIXED ? leaf.length() : 0, from, end);
            case ValueForm.DecimalBytes _ -> new ByteValues.PlainDecimals(from, end);
            case ValueForm.Bits _ -> new FixedValues.PlainBits(from, end);
        };
    }

    private Values indices(Optional<Dictionary> dictionary) {
        if (dictionary.isEmpty() || from >= end) {
            throw new DamagedFile("column " + leaf.name() + " lacks its dictionary");
        }
        int bits = Memory.getByte(from) & 0xFF;
        return dictionary.get().values(new RunReader(from + 1, end, bits), scratch);
    }

    private Values runs() {
        if (form instanceof ValueForm.Bits) {
            return new FixedValues.RunBits(new RunReader(from + Integer.BYTES, RunReader.end(from, end), 1), scratch);
        }
        throw unsupported("RLE");
    }

    private Values differences() {
        boolean integer = leaf.physical() == Physical.INT32 || leaf.physical() == Physical.INT64;
        if (integer && form instanceof ValueForm.Fixed fixed) {
            return new FixedValues.Differences(fixed, new DeltaReader(from, end), scratch);
        }
        throw unsupported("DELTA_BINARY_PACKED");
    }

    private Values lengths(int entries) {
        if (form instanceof ValueForm.Bytes && leaf.physical() == Physical.BYTE_ARRAY) {
            return new ByteValues.Lengths(from, end, entries);
        }
        throw unsupported("DELTA_LENGTH_BYTE_ARRAY");
    }

    private Values prefixed(int entries) {
        boolean bytes = leaf.physical() == Physical.BYTE_ARRAY || leaf.physical() == Physical.FIXED;
        return switch (form) {
            case ValueForm.Bytes _ when bytes -> new ByteValues.Prefixed(new PrefixedBytes(from, end, entries));
            case ValueForm.Fixed fixed when bytes ->
                    new FixedValues.Prefixed(fixed, new PrefixedBytes(from, end, entries), scratch);
            case ValueForm.Fixed _,ValueForm.Bytes _,ValueForm.DecimalBytes _,ValueForm.Bits _ ->
                    throw unsupported("DELTA_BYTE_ARRAY");
        };
    }

    private Values split() {
        if (form instanceof ValueForm.Fixed fixed) {
            return new FixedValues.Split(fixed, from, end, scratch);
        }
        throw unsupported("BYTE_STREAM_SPLIT");
    }

    private UnsupportedFile unsupported(String encoding) {
        return new UnsupportedFile("column " + leaf.name() + " has the encoding " + encoding
                + ", which is not read for its type");
    }
}
