package dev.thalweg.cli.shell;

import dev.thalweg.parser.StatementParser;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.impl.DefaultParser;

/// Says when what was typed is whole: at the semicolon of a statement, or at the end of the line of a `\` command and of `exit`.
final class StatementLines extends DefaultParser {
    StatementLines() {
        setEofOnUnclosedQuote(false);
        setEofOnEscapedNewLine(false);
        setQuoteChars(new char[0]);
        setEscapeChars(new char[0]);
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        boolean ends = line.isBlank() || line.stripLeading().startsWith("\\") || ShellHelp.leaves(line)
                || StatementParser.isComplete(line);
        if (context == ParseContext.ACCEPT_LINE && !ends) {
            throw new EOFError(-1, -1, "A statement ends with a semicolon");
        }
        return super.parse(line, cursor, context);
    }
}
