package dev.thalweg.spi.data;

import org.apache.arrow.vector.BaseVariableWidthVector;

/// The texts of some [CodedText] columns.
public final class TextDictionary extends CodeDictionary {
    private final BaseVariableWidthVector texts;

    private TextDictionary(BaseVariableWidthVector texts, Runnable free) {
        super(free);
        this.texts = texts;
    }

    /// Takes over a vector of STRING or BINARY values without NULLs.
    public static TextDictionary of(BaseVariableWidthVector texts) {
        return new TextDictionary(texts, texts::close);
    }

    /// A STRING or BINARY column without NULLs of a batch that has no selection. Takes over the caller's reference to it.
    public static TextDictionary ofColumn(Batch batch, int column) {
        return new TextDictionary((BaseVariableWidthVector) batch.vector(column), batch::close);
    }

    @Override
    public BaseVariableWidthVector values() {
        return texts;
    }

    /// One more reference, for one more column.
    public TextDictionary retain() {
        addReference();
        return this;
    }
}
