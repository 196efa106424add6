package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.spi.error.InvalidQuery;
import java.util.Arrays;

/// `bitmap_construct_agg`, `bitmap_or_agg` and `bitmap_and_agg`: 32,768 bits, of positions or of bitmaps.
final class BitmapBits implements Sketch {
    private static final int BYTES = 4_096;

    private final SketchKind kind;
    private final byte[] bits;

    private BitmapBits(SketchKind kind, byte[] bits) {
        this.kind = kind;
        this.bits = bits;
    }

    static BitmapBits empty(SketchKind kind) {
        byte[] bits = new byte[BYTES];
        if (kind.function().equals("bitmap_and_agg")) {
            Arrays.fill(bits, (byte) -1);
        }
        return new BitmapBits(kind, bits);
    }

    static BitmapBits of(SketchKind kind, byte[] bytes) {
        return new BitmapBits(kind, bytes);
    }

    @Override
    public void add(Object value, long times) {
        switch (value) {
            case byte[] other when kind.function().equals("bitmap_and_agg") -> {
                for (int i = 0; i < BYTES; i++) {
                    bits[i] &= i < other.length ? other[i] : 0;
                }
            }
            case byte[] other -> {
                for (int i = 0; i < Math.min(BYTES, other.length); i++) {
                    bits[i] |= other[i];
                }
            }
            default -> set(((Number) value).longValue());
        }
    }

    private void set(long position) {
        if (position < 0 || position >= 8L * BYTES) {
            throw new InvalidQuery("THW-4257", "A bitmap has the positions 0 to " + (8 * BYTES - 1) + ", and not "
                    + position + ". Give bitmap_bit_position(x), and group by bitmap_bucket_number(x).");
        }
        bits[(int) (position >> 3)] |= (byte) (1 << (position & 7));
    }

    @Override
    public byte[] bytes() {
        return bits;
    }

    @Override
    public Object result() {
        return bits.clone();
    }
}
