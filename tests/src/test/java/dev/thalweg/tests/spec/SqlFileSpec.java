package dev.thalweg.tests.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.ThalwegSession;
import dev.thalweg.parser.StatementParser;
import dev.thalweg.spi.error.ThalwegException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Runs the files `spec/<feature>/<case>.sql`: statements, each ended by a `;` at the end of a line, and below a statement
/// its answer, a row a line after `-->`, in the order that the statement gives it.
///
/// `-Dspec.rewrite=true` writes the answers into the files of the source tree; read the diff before you commit it.
@DisplayName("SQL files")
final class SqlFileSpec {
    private static final Path FILES = Path.of("src/test/resources/spec");
    private static final String ANSWER = "--> ";

    @TestFactory
    @DisplayName("give the answers that stand in them")
    List<DynamicTest> files() throws IOException {
        try (Stream<Path> files = Files.walk(FILES)) {
            return files.filter(file -> file.toString().endsWith(".sql")).sorted()
                    .map(file -> DynamicTest.dynamicTest(FILES.relativize(file).toString(), () -> check(file)))
                    .toList();
        }
    }

    /// The rows; or the error's code and the first line of what it says.
    private static List<String> answers(ThalwegSession session, String statement) {
        try {
            return session.sql(statement).collectAsList().stream().map(Texts::of).flatMap(String::lines)
                    .toList();
        } catch (ThalwegException error) {
            return List.of("error " + error.code() + ": " + String.valueOf(error.getMessage()).lines().findFirst()
                    .orElse("").replaceAll("\\s+\\[THW-\\d+]$", ""));
        }
    }

    private static void check(Path file) throws IOException {
        List<String> written = Files.readAllLines(file);
        List<String> answered = new ArrayList<>();
        try (ThalwegSession session = Way.session(2)) {
            StringBuilder statement = new StringBuilder();
            for (String line : written) {
                if (line.startsWith("-->")) {
                    continue;
                }
                answered.add(line);
                if (!line.startsWith("--")) {
                    statement.append(line).append('\n');
                }
                if (line.endsWith(";") && StatementParser.isComplete(statement.toString())) {
                    String text = statement.toString().strip();
                    answers(session, text.substring(0, text.length() - 1))
                            .forEach(answer -> answered.add(ANSWER + answer));
                    statement.setLength(0);
                }
            }
        }
        if (Boolean.getBoolean("spec.rewrite")) {
            Files.write(file, answered);
        } else {
            assertThat(String.join("\n", answered)).isEqualTo(String.join("\n", written));
        }
    }
}
