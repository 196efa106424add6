package dev.thalweg.sink.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.sink.SinkHarness;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.Corrupted;
import dev.thalweg.spi.error.InvalidOption;
import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.spi.file.Directories;
import dev.thalweg.spi.sink.SinkContext;
import dev.thalweg.spi.sink.StepListener.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A file sink")
final class FileSinkSpec {
    private static final RowType TYPE = RowType.of(Field.of("k", Simple.STRING), Field.of("n", Simple.BIGINT));

    @TempDir
    Path directory;

    private Path out = Path.of("");

    @BeforeEach
    void out() {
        out = directory.resolve("out");
    }

    private SinkHarness json(String... partitionBy) {
        return new SinkHarness("json", Map.of("path", out.toString()), TYPE, directory, partitionBy);
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    /// What `cat out/*` would show.
    private List<String> visible() {
        try (Stream<Path> files = Files.list(out)) {
            List<String> lines = new ArrayList<>();
            for (Path file : files.filter(f -> Files.isRegularFile(f)).sorted().toList()) {
                lines.addAll(Files.readAllLines(file));
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName("shows rows when their trigger commits, not before, and only once")
    void showsRowsOnce() {
        try (SinkHarness sink = json()) {
            sink.stage(0, List.of(row("a", 1L), row(null, 2L)));
            assertThat(visible()).isEmpty();
            assertThat(sink.sink().lastCommitted()).isEmpty();
            sink.sink().commit(0);
            sink.sink().commit(0);
            sink.run(1, List.of());
            sink.run(2, List.of(row("b", 3L)));
            assertThat(visible()).containsExactly("{\"k\":\"a\",\"n\":1}", "{\"n\":2}", "{\"k\":\"b\",\"n\":3}");
            assertThat(sink.sink().lastCommitted()).hasValue(2);
            sink.restart();
            sink.sink().commit(2);
            assertThat(visible()).hasSize(3);
            assertThat(sink.steps).containsExactly(Step.STAGED, Step.MANIFEST_APPENDED, Step.MANIFEST_SYNCED,
                    Step.FILE_RENAMED, Step.RENAMED, Step.STAGED, Step.MANIFEST_APPENDED, Step.MANIFEST_SYNCED,
                    Step.FILE_RENAMED, Step.RENAMED);
        }
    }

    @Test
    @DisplayName("takes no notice of what another query has staged under the same number, where a trigger has no rows")
    void leavesAnothersStageAlone() throws IOException {
        try (SinkHarness sink = json()) {
            sink.run(0, List.of(row("another's", 1L)));
        }
        Directories.delete(out.resolve("_thalweg")); // as a refused start says, and the files with it
        Files.delete(out.resolve("part-00000000-00000.json"));
        try (SinkHarness sink = json()) {
            sink.run(0, List.of());
            sink.run(1, List.of(row("own", 2L)));
            assertThat(visible()).containsExactly("{\"k\":\"own\",\"n\":2}");
        }
    }

    @Test
    @DisplayName("goes on and ends well when a reader takes away a directory with its files")
    void letsDirectoriesBeTaken() {
        try (SinkHarness sink = json("k")) {
            sink.run(0, List.of(row("a", 1L)));
            Directories.delete(out.resolve("k=a"));
            sink.run(1, List.of(row("b", 2L)));
            assertThat(out.resolve("k=b")).isDirectoryContaining("glob:**.json");
            Directories.delete(out.resolve("k=b"));
        }
    }

    @Test
    @DisplayName("forgets the stage of a trigger that runs again")
    void forgetsTheStageOfATriggerThatRunsAgain() {
        try (SinkHarness sink = json()) {
            sink.stage(0, List.of(row("first run", 1L)));
            sink.restart();
            sink.run(0, List.of(row("second run", 1L)));
            assertThat(visible()).containsExactly("{\"k\":\"second run\",\"n\":1}");
        }
    }

    @Test
    @DisplayName("shows nothing of a trigger that had rows once and has none when it runs again")
    void forgetsTheStageOfATriggerThatHasNoRowsNow() {
        try (SinkHarness sink = json()) {
            sink.stage(0, List.of(row("first run", 1L)));
            sink.restart();
            sink.run(0, List.of());
            sink.restart();
            sink.sink().commit(0);
            assertThat(visible()).isEmpty();
        }
    }

    @Test
    @DisplayName("refuses a stage that is not what was sealed")
    void seesDamageInTheStage() throws IOException {
        Path entry = out.resolve("_staging/.entry");
        try (SinkHarness sink = json()) {
            sink.stage(0, List.of(row("a", 1L)));
            sink.restart();
            Files.writeString(entry, Files.readString(entry).replaceFirst("\"size\":", "\"size\":1"));
            assertThatThrownBy(() -> sink.sink().commit(0)).isInstanceOf(Corrupted.class)
                    .hasMessageContaining("THW-5073");
        }
    }

    @Test
    @DisplayName("commits the stage of a trigger that another sink has committed before the crash")
    void commitsTheStageAfterARestart() {
        try (SinkHarness sink = json()) {
            sink.stage(0, List.of(row("a", 1L)));
            sink.restart();
            sink.sink().commit(0);
            assertThat(visible()).containsExactly("{\"k\":\"a\",\"n\":1}");
        }
    }

    @ParameterizedTest(name = "dead at {0}")
    @EnumSource
    @DisplayName("loses nothing and doubles nothing when it dies at any step of a commit")
    void survivesDeathAtAnyStep(Step step) {
        try (SinkHarness sink = json("k")) {
            sink.run(0, List.of(row("a", 0L)));
            sink.dieAt(step);
            assertThatThrownBy(() -> sink.run(1, List.of(row("a", 1L), row("b", 2L), row("a", 3L))))
                    .isInstanceOf(SinkHarness.Killed.class);
            sink.restart();
            boolean committed = sink.sink().lastCommitted().orElse(-1) == 1;
            assertThat(committed).isEqualTo(step != Step.STAGED);
            if (committed) {
                sink.sink().commit(1);
            } else {
                sink.run(1, List.of(row("a", 1L), row("b", 2L), row("a", 3L)));
            }
            sink.run(2, List.of(row("b", 4L)));
            out = out.resolve("k=a");
            assertThat(visible()).containsExactly("{\"n\":0}", "{\"n\":1}", "{\"n\":3}");
            out = out.resolveSibling("k=b");
            assertThat(visible()).containsExactly("{\"n\":2}", "{\"n\":4}");
        }
    }

    @Test
    @DisplayName("cuts a torn last manifest entry and refuses a damaged one")
    void seesDamageInTheManifest() throws IOException {
        Path log = out.resolve("_thalweg/manifest.log");
        try (SinkHarness sink = json()) {
            sink.run(0, List.of(row("a", 1L)));
            Files.writeString(log, "0000", StandardOpenOption.APPEND);
            sink.restart();
            sink.run(1, List.of(row("b", 2L)));
            assertThat(visible()).hasSize(2);
            Files.writeString(log, Files.readString(log).replaceFirst("\"size\":", "\"size\":1"));
            assertThatThrownBy(sink::restart).isInstanceOf(Corrupted.class).hasMessageContaining("Line 1");
            Files.writeString(log, "");
        }
    }

    @Test
    @DisplayName("refuses a directory that another query writes to")
    void refusesAForeignDirectory() {
        try (SinkHarness sink = json()) {
            assertThatThrownBy(() -> sink.open("query-2")).isInstanceOf(InvalidOption.class)
                    .hasMessageContaining("belongs to another query").hasMessageContaining("query-1");
            assertThatThrownBy(() -> sink.open(SinkContext.BATCH_INSERT)).hasMessageContaining("THW-2040")
                    .hasMessageContaining("INSERT cannot add").hasMessageContaining("UNION ALL");
        }
    }

    @Test
    @DisplayName("has its directory to itself while it is open")
    void refusesASecondWriter() {
        try (SinkHarness sink = json()) {
            assertThatThrownBy(() -> sink.open("query-1")).isInstanceOf(Unavailable.class)
                    .hasMessageContaining("THW-5079");
            sink.restart();
        }
    }

    @Test
    @DisplayName("does not replace a file that it has not written")
    void doesNotReplaceForeignFiles() throws IOException {
        try (SinkHarness sink = json()) {
            Files.writeString(out.resolve("part-00000000-00000.json"), "precious\n");
            assertThatThrownBy(() -> sink.run(0, List.of(row("a", 1L)))).isInstanceOf(Unavailable.class)
                    .hasMessageContaining("in the way");
            assertThat(visible()).containsExactly("precious");
        }
    }

    @Test
    @DisplayName("goes on when somebody has taken the committed files away")
    void letsFilesBeTaken() throws IOException {
        try (SinkHarness sink = json()) {
            sink.run(0, List.of(row("a", 1L)));
            try (Stream<Path> files = Files.list(out)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.delete(file);
                }
            }
            sink.restart();
            sink.run(1, List.of(row("b", 2L)));
        }
        assertThat(visible()).containsExactly("{\"k\":\"b\",\"n\":2}");
    }

    @Test
    @DisplayName("keeps every entry when the manifest is compacted")
    void keepsEntriesWhenCompacted() throws IOException {
        try (SinkHarness sink = json()) {
            sink.run(0, List.of(row("a", 1L)));
            sink.run(1, List.of(row("b", 2L)));
            sink.sink().close();
            try (Manifest manifest = Manifest.open(out, "query-1")) {
                manifest.compact();
            }
            sink.restart();
            assertThat(sink.sink().lastCommitted()).hasValue(1);
            sink.run(2, List.of(row("c", 3L)));
            sink.sink().close();
            try (Manifest manifest = Manifest.open(out, "query-1")) {
                assertThat(manifest.entries()).extracting(ManifestEntry::trigger).containsExactly(0L, 1L, 2L);
            }
        }
    }

    @Test
    @DisplayName("names partition directories as Hive does")
    void namesPartitions() throws IOException {
        try (SinkHarness sink = json("k")) {
            sink.run(0, List.of(row("a/b", 1L), row(null, 2L), row("ü", 3L)));
            try (Stream<Path> entries = Files.list(out)) {
                assertThat(entries.map(p -> p.getFileName().toString()).filter(n -> n.startsWith("k=")))
                        .containsExactlyInAnyOrder("k=a%2Fb", "k=__HIVE_DEFAULT_PARTITION__", "k=%C3%BC");
            }
        }
    }

    @Test
    @DisplayName("writes gzip")
    void writesGzip() throws IOException {
        try (SinkHarness sink = new SinkHarness("json", Map.of("path", out.toString(), "compression", "gzip"), TYPE,
                directory)) {
            sink.run(0, List.of(row("a", 1L)));
        }
        try (GZIPInputStream file = new GZIPInputStream(
                Files.newInputStream(out.resolve("part-00000000-00000.json.gz")))) {
            assertThat(new String(file.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo("{\"k\":\"a\",\"n\":1}\n");
        }
    }

    @Test
    @DisplayName("quotes CSV so that null, empty text, separators and quotes come back")
    void writesCsv() {
        try (SinkHarness sink = new SinkHarness("csv", Map.of("path", out.toString(), "header", "true"), TYPE,
                directory)) {
            sink.run(0, List.of(row("a,b", 1L), row(null, null), row("", -5L), row("say \"hi\"", 0L), row(" x", 7L)));
        }
        assertThat(visible()).containsExactly("k,n", "\"a,b\",1", ",", "\"\",-5", "\"say \\\"hi\\\"\",0", "\" x\",7");
    }

    @Test
    @DisplayName("writes lines of text, and says so when there is more than one column")
    void writesText() {
        assertThatThrownBy(() -> new SinkHarness("text", Map.of("path", out.toString()), TYPE, directory))
                .hasMessageContaining("one STRING column");
        RowType line = RowType.of(Field.of("value", Simple.STRING));
        try (SinkHarness sink = new SinkHarness("text", Map.of("path", out.toString()), line, directory)) {
            sink.run(0, List.of(row("one"), row("two")));
        }
        assertThat(visible()).containsExactly("one", "two");
    }

    @Test
    @DisplayName("names the nearest option when one is unknown")
    void refusesUnknownOptions() {
        assertThatThrownBy(() -> new SinkHarness("json", Map.of("path", "x", "compresion", "gzip"), TYPE, directory))
                .isInstanceOf(InvalidOption.class).hasMessageContaining("Did you mean 'compression'?");
    }
}
