package dev.thalweg.spi.data;

import dev.thalweg.spi.error.Defect;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.vector.BaseVariableWidthVector;

/// The texts that the codes of some [CodedText] columns stand for: those of a column chunk in a file, or of a column of a
/// table that is joined to.
///
/// None is NULL. Two codes may stand for the same text. What somebody has found out about a text is true for its code as
/// long as the dictionary is this very object, so it is worth remembering from batch to batch.
///
/// **Thread** may be read by many. It lives as long as somebody holds a reference.
public final class TextDictionary implements AutoCloseable {
    private final BaseVariableWidthVector texts;
    private final Runnable free;
    private final AtomicInteger references = new AtomicInteger(1);

    private TextDictionary(BaseVariableWidthVector texts, Runnable free) {
        this.texts = texts;
        this.free = free;
    }

    /// Takes over a vector of STRING or BINARY values without NULLs.
    public static TextDictionary of(BaseVariableWidthVector texts) {
        return new TextDictionary(texts, texts::close);
    }

    /// A STRING or BINARY column without NULLs of a batch that has no selection. Takes over the caller's reference to it.
    public static TextDictionary ofColumn(Batch batch, int column) {
        return new TextDictionary((BaseVariableWidthVector) batch.vector(column), batch::close);
    }

    public int size() {
        return texts.getValueCount();
    }

    /// The texts, each at its code.
    public BaseVariableWidthVector texts() {
        return texts;
    }

    /// One more reference, for one more column.
    public TextDictionary retain() {
        if (references.getAndIncrement() <= 0) {
            throw new Defect("THW-9001", "A dictionary was used after its last reference was closed.");
        }
        return this;
    }

    @Override
    public void close() {
        int left = references.decrementAndGet();
        if (left < 0) {
            throw new Defect("THW-9002", "A dictionary was closed more often than it was referenced.");
        }
        if (left == 0) {
            free.run();
        }
    }
}
