package dev.thalweg.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.ThalwegSession;
import dev.thalweg.execution.trigger.CheckpointCheck;
import dev.thalweg.execution.trigger.Connectors;
import dev.thalweg.spi.file.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("thalweg checkpoint verify")
final class CheckpointVerifySpec {
    @TempDir
    private Path directory;

    @BeforeEach
    void runAQuery() throws IOException {
        Path in = Files.createDirectories(directory.resolve("in"));
        for (int i = 0; i < 3; i++) {
            Files.writeString(in.resolve(i + ".json"), "{\"n\":" + i + "}\n");
        }
        try (ThalwegSession session = ThalwegSession.builder().create()) {
            session.sql("SET thalweg.trigger = 'availableNow'");
            session.sql("CREATE STREAM s (n INT) USING json OPTIONS (path '" + in + "', maxFilesPerTrigger 1)");
            session.sql("CREATE TABLE o USING json OPTIONS (path '" + directory.resolve("out")
                    + "', checkpointLocation '" + directory.resolve("checkpoint") + "')");
            session.sql("INSERT INTO o SELECT DISTINCT n FROM STREAM s");
            session.sql("AWAIT QUERY o TIMEOUT INTERVAL '40' SECOND");
        }
        assertThat(problems()).isEmpty();
    }

    private List<String> problems() {
        return new CheckpointCheck(directory.resolve("checkpoint"), Connectors.discover()).problems();
    }

    private Path checkpoint(String name) {
        return directory.resolve("checkpoint").resolve(name);
    }

    private Path firstOutput() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("out"))) {
            return files.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
        }
    }

    private void expect(String... words) {
        assertThat(problems()).anySatisfy(problem -> assertThat(problem).contains(words));
    }

    @Test
    @DisplayName("tells a list of seen files that is cut, damaged, empty or gone")
    void tellsLostSeenFiles() throws IOException {
        Path seen = checkpoint("sources/0/seen-files.log");
        String whole = Files.readString(seen);
        Files.writeString(seen, whole.substring(0, whole.length() - 5));
        expect("counts 3 files", "seen-files.log has 2");
        Files.writeString(seen, whole.replace("1.json", "7.json"));
        expect("Line 2", "is damaged");
        Files.writeString(seen, "");
        expect("has 0");
        Files.delete(seen);
        expect("has 0");
        Directories.delete(checkpoint("sources"));
        expect("sources", "remembers what it has read, is not there");
    }

    @Test
    @DisplayName("tells parts of the checkpoint that are gone as a whole")
    void tellsLostParts() throws IOException {
        Path tables = checkpoint("tables");
        Path away = Files.move(tables, directory.resolve("away"));
        expect("tables", "which says what the state is made of");
        Files.move(away, tables);
        Directories.delete(checkpoint("log"));
        Files.createDirectory(checkpoint("log"));
        expect("The sink has trigger 2", "the log ends before it");
    }

    @Test
    @DisplayName("tells output that is gone, changed, or unknown to the manifest")
    void tellsLostOutput() throws IOException {
        Path file = firstOutput();
        String text = Files.readString(file);
        Files.writeString(file, text.replace("0", "9"));
        expect(file.toString(), "committed by trigger 0", "its checksum differs");
        Files.delete(file);
        expect(file.toString(), "is not there any more");
        Files.writeString(file, text);
        assertThat(problems()).isEmpty();
        Files.writeString(directory.resolve("out/_thalweg/manifest.log"), "");
        expect(file.toString(), "is not in the manifest");
        Files.delete(directory.resolve("out/_thalweg/owner"));
        expect("has no manifest of this query");
    }
}
