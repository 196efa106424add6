package dev.thalweg.parser;

import dev.thalweg.spi.error.InvalidQuery;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.sql.parser.SqlParserPos;

/// A text that is not a statement: says which word is wrong, where it stands, and what could stand there instead.
///
/// Codes: `THW-1001` a word that does not fit, `THW-1002` something opened and not closed, `THW-1003` a word that is none,
/// `THW-1004` a statement whose parts do not go together, `THW-1005` an unknown type, `THW-1006` a literal with a wrong
/// value, `THW-1007` what Spark knows and we do not, yet.
public final class SyntaxError extends InvalidQuery {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;
    private final String sentence;
    private final String what;
    private final String advice;

    /// @param what the finding, without a full stop: "Unexpected 'FORM'"
    /// @param advice what to do, as sentences
    public SyntaxError(String code, SourceText source, SqlParserPos position, String what, String advice) {
        super(code, what + " (" + SourceText.place(position) + ").\n" + source.excerpt(position) + "\n" + advice);
        this.line = position.getLineNum();
        this.column = position.getColumnNum();
        this.sentence = what + " (" + SourceText.place(position) + ").\n" + source.excerpt(position) + "\n" + advice;
        this.what = what;
        this.advice = advice;
    }

    private SyntaxError(SyntaxError first, String sentences) {
        super(first.code(), sentences);
        this.line = first.line;
        this.column = first.column;
        this.sentence = sentences;
        this.what = first.what;
        this.advice = first.advice;
    }

    /// One error that tells of all; there is at least one.
    static SyntaxError all(List<SyntaxError> errors) {
        SyntaxError first = errors.getFirst();
        if (errors.size() == 1) {
            return first;
        }
        String sentences = errors.stream().map(error -> error.sentence).collect(Collectors.joining("\n\n"));
        return new SyntaxError(first, sentences);
    }

    /// What is wrong first, without its place and without a full stop.
    public String what() {
        return what;
    }

    /// What to do about that.
    public String advice() {
        return advice;
    }

    /// Of the first error, from 1.
    public int line() {
        return line;
    }

    /// Of the first error, from 1, in code points.
    public int column() {
        return column;
    }
}
