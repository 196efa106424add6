package dev.thalweg.execution.hash;

import dev.thalweg.spi.data.CodedText;
import dev.thalweg.spi.data.TextDictionary;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What stands for texts in a hash ([TextKeyColumn#word]), made once for each text of a dictionary.
///
/// State: 8 bytes a text of the dictionary at hand. **Thread** one task.
final class CodeWords {
    /// Texts of larger dictionaries most likely come once or twice each.
    private static final int TEXTS_MAX = 1 << 16;
    /// Not yet made. A text whose word this is has it made anew each time.
    private static final long UNKNOWN = -1;

    private @Nullable TextDictionary dictionary;
    private long[] byCode = new long[0];

    /// Gives the words of some rows.
    ///
    /// @param texts where the texts of these rows lie
    /// @return whether it did; else each is to be made by itself
    boolean read(CodedText column, TextRows texts, long[] words, int[] rows, int from, int count) {
        if (column.dictionary().size() > TEXTS_MAX) {
            return false;
        }
        begin(column.dictionary());
        int[] codes = column.codes();
        for (int i = 0; i < count; i++) {
            int code = codes[rows[from + i]];
            long word = code < 0 ? 0 : byCode[code];
            if (word == UNKNOWN) {
                word = TextKeyColumn.word(texts.address[i], texts.length[i]);
                byCode[code] = word;
            }
            words[i] = word;
        }
        return true;
    }

    private void begin(TextDictionary next) {
        if (dictionary != next) {
            dictionary = next;
            byCode = new long[next.size()];
            Arrays.fill(byCode, UNKNOWN);
        }
    }
}
