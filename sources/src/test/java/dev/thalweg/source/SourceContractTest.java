package dev.thalweg.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.spi.data.BatchBuilder;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.Corrupted;
import dev.thalweg.spi.source.Offset;
import dev.thalweg.spi.source.OffsetRange;
import dev.thalweg.spi.source.ReadLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the engine counts on, asked of every source that can be read again.
@DisplayName("Every replayable source")
final class SourceContractTest {
    private static final RowType TYPE = RowType.of(Field.of("value", Simple.STRING));

    @TempDir
    Path directory;

    /// A source with three steps of data; `more` makes the next step available.
    private final class Subject implements AutoCloseable {
        private final String format;
        private final SourceHarness harness;
        private final Path in;
        private int steps;

        Subject(String format) throws IOException {
            this.format = format;
            this.in = Files.createDirectories(directory.resolve("in"));
            Path checkpoint = Files.createDirectories(directory.resolve("checkpoint"));
            Map<String, String> options = switch (format) {
                case "memory" -> Map.of("memoryId", "t");
                case "rate" -> Map.of("rowsPerSecond", "100", "rampUpTime", "2s");
                case "nexmark" ->
                        Map.of("table", "bid", "eventsPerSecond", "100", "numEvents", "1000", "paced", "true");
                default -> Map.of("path", in.toString(), "maxFilesPerTrigger", "1", "fileOrder", "name");
            };
            this.harness = new SourceHarness(format, options, List.of("rate", "nexmark").contains(format) ? null : TYPE,
                    checkpoint,
                    ZoneOffset.UTC, Clock.fixed(Instant.ofEpochSecond(1000), ZoneOffset.UTC), 7);
        }

        Offset more(Offset taken) throws IOException {
            steps++;
            switch (format) {
                case "memory" -> {
                    try (BatchBuilder batch = new BatchBuilder(TYPE, harness.allocator)) {
                        batch.add(List.of("a" + steps)).add(List.of("b" + steps));
                        harness.memory.table("t").append(batch.build());
                    }
                }
                case "rate", "nexmark" -> {
                    // time passes, below
                }
                case "parquet" -> DuckFiles.write(in.resolve("f" + steps),
                        "SELECT unnest(['a" + steps + "', 'b']) AS value", "");
                case "json" -> Files.writeString(in.resolve("f" + steps), "{\"value\":\"a" + steps + "\"}\n");
                default -> Files.writeString(in.resolve("f" + steps), "a" + steps + "\nb\n");
            }
            long now = Instant.ofEpochSecond(1000).plus(Duration.ofMillis(1500L * steps)).toEpochMilli();
            return harness.source().latest(taken, ReadLimit.none(now));
        }

        @Override
        public void close() {
            harness.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json", "csv", "parquet", "memory", "rate", "nexmark"})
    @DisplayName("gives the same rows for a range however often it is read, cut or reopened")
    void readsARangeAgain(String format) throws IOException {
        try (Subject subject = new Subject(format)) {
            SourceHarness source = subject.harness;
            List<Offset> offsets = new ArrayList<>(List.of(source.source().initial()));
            List<List<Object>> byStep = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                offsets.add(subject.more(offsets.getLast()));
                List<List<Object>> step = source.read(offsets.get(i), offsets.get(i + 1));
                assertThat(step).isNotEmpty();
                assertThat(source.read(offsets.get(i), offsets.get(i + 1))).isEqualTo(step);
                byStep.addAll(step);
            }
            assertThat(source.read(offsets.getFirst(), offsets.getLast())).isEqualTo(byStep);
            source.restart();
            for (Offset offset : offsets) {
                assertThat(source.source().parse(offset.json())).isEqualTo(offset);
            }
            assertThat(source.read(offsets.getFirst(), offsets.getLast())).isEqualTo(byStep);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json", "csv", "parquet", "memory", "rate", "nexmark"})
    @DisplayName("has nothing to plan for an empty range, and answers no row of no column")
    void readsNothing(String format) throws IOException {
        try (Subject subject = new Subject(format)) {
            SourceHarness source = subject.harness;
            Offset none = source.source().initial();
            assertThat(source.source().plan(new OffsetRange<>(none, none))).isEmpty();
            Offset some = subject.more(none);
            int rows = source.read(none, some).size();
            assertThat(source.read(none, some, List.of())).hasSize(rows).containsOnly(List.of());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json", "csv", "parquet", "memory", "rate", "nexmark"})
    @DisplayName("refuses an offset that is none of its own")
    void refusesForeignOffsets(String format) throws IOException {
        try (Subject subject = new Subject(format)) {
            assertThatThrownBy(() -> subject.harness.source().parse("{\"kafka\":{}}")).isInstanceOf(Corrupted.class);
        }
    }
}
