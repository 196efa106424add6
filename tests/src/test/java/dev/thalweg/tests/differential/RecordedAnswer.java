package dev.thalweg.tests.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// What Spark made of one expression.
///
/// @param zone the session's time zone
/// @param from an inline table, with the word FROM, or nothing
/// @param type as SQL writes it, or ERROR
/// @param value as [ValueText] writes it, or Spark's name of the error
record RecordedAnswer(ZoneId zone, String from, String expression, String type, String value) {
    private static final Path FOLDER = Path.of("src/test/resources/spark");

    boolean isError() {
        return type.equals("ERROR");
    }

    String answer() {
        return type + "\t" + value;
    }

    /// Those that Spark was asked, as far as it was.
    ///
    /// @param file without its ending
    static List<RecordedAnswer> read(String file) {
        List<RecordedAnswer> answers = new ArrayList<>();
        ZoneId zone = ZoneId.of("UTC");
        String from = "";
        for (String line : lines(FOLDER.resolve(file + ".tsv"))) {
            if (line.startsWith("# zone:")) {
                zone = ZoneId.of(line.substring("# zone:".length()).strip());
            } else if (line.startsWith("# from:")) {
                from = " FROM " + line.substring("# from:".length()).strip();
            } else if (line.contains("\t") && !line.startsWith("#")) {
                String[] cells = line.split("\t", 3);
                answers.add(new RecordedAnswer(zone, from, cells[0], cells[1], cells[2]));
            }
        }
        return answers;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
