package dev.thalweg.spi.data;

import org.apache.arrow.vector.BaseFixedWidthVector;

/// The values of some [CodedNumber] columns.
public final class NumberDictionary extends CodeDictionary {
    private final BaseFixedWidthVector values;

    /// @param values of 4 or 8 bytes, without NULLs; taken over
    public NumberDictionary(BaseFixedWidthVector values) {
        super(values::close);
        if (values.getTypeWidth() != Integer.BYTES && values.getTypeWidth() != Long.BYTES) {
            throw new IllegalArgumentException("values of " + values.getTypeWidth() + " bytes");
        }
        this.values = values;
    }

    /// Memory for one if there is none.
    @Override
    public BaseFixedWidthVector values() {
        return values;
    }

    /// One more reference, for one more column.
    public NumberDictionary retain() {
        addReference();
        return this;
    }
}
