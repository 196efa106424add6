package dev.thalweg.execution.expression.kernel;

import dev.thalweg.spi.data.TextDictionary;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the conditions of a stage have said about the texts of dictionaries: a condition on nothing but one text is asked once
/// a text, not once a row.
///
/// State: for each condition a byte a text of the dictionary at hand; forgotten with the dictionary, and with the context.
/// **Thread** one task.
final class Answers {
    /// Larger dictionaries are most likely of texts that come once or twice each.
    private static final int TEXTS_MAX = 1 << 20;

    private final List<Answer> answers = new ArrayList<>();

    private static final class Answer {
        private @Nullable TextDictionary dictionary;
        private byte[] byCode = new byte[0];
    }

    /// One byte a code, 0 where nothing is known; null where it would be too many.
    byte @Nullable [] of(int condition, TextDictionary dictionary) {
        if (dictionary.size() > TEXTS_MAX) {
            return null;
        }
        while (answers.size() <= condition) {
            answers.add(new Answer());
        }
        Answer answer = answers.get(condition);
        if (answer.dictionary != dictionary) {
            answer.dictionary = dictionary;
            answer.byCode = new byte[dictionary.size()];
        }
        return answer.byCode;
    }

    void forget() {
        answers.clear();
    }
}
