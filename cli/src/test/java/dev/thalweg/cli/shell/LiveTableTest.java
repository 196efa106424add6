package dev.thalweg.cli.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.BatchBuilder;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.sink.TriggerInfo;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jline.terminal.Size;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A live table")
final class LiveTableTest {
    private static final RowType TYPE = RowType.of(new Field("word", Simple.STRING, true),
            new Field("n", Simple.BIGINT, false), new Field("_change", Simple.STRING, false));

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    private String draw(LiveTable table, long trigger, List<List<Object>> rows) {
        screen.reset();
        try (BufferAllocator memory = new RootAllocator(); BatchBuilder builder = new BatchBuilder(TYPE, memory)) {
            rows.forEach(builder::add);
            try (Batch batch = builder.build()) {
                table.trigger(TYPE, List.of(batch), new TriggerInfo(trigger, OptionalLong.empty()));
            }
        }
        return screen.toString(UTF_8);
    }

    @Test
    @DisplayName("draws the result over itself, cut to the screen, with a line of progress")
    void redraws() {
        LiveTable table = new LiveTable(new PrintStream(screen, false, UTF_8), ZoneOffset.UTC, () -> Size.of(60, 8));
        assertThat(draw(table, 0, List.of(List.of("a", 1L, "+I"), List.of("b", 1L, "+I")))).isEqualTo("""
                +----+---+
                |word|n  |
                +----+---+
                |a   |1  |
                |b   |1  |
                +----+---+
                trigger 0 · watermark none · 2 rows · Ctrl-C ends
                """);
        assertThat(draw(table, 1, List.of(List.of("a", 1L, "-U"), List.of("a", 2L, "+U"), List.of("c", 1L, "+I"))))
                .isEqualTo("\u001b[7A\r\u001b[J" + """
                        +----+---+
                        |word|n  |
                        +----+---+
                        |a   |2  |
                        |c   |1  |
                        +----+---+
                        trigger 1 · watermark none · 3 rows, 2 shown · Ctrl-C ends
                        """);
    }

    @Test
    @DisplayName("draws nothing for a trigger without changes")
    void stays() {
        LiveTable table = new LiveTable(new PrintStream(screen, false, UTF_8), ZoneOffset.UTC, () -> Size.of(60, 8));
        assertThat(draw(table, 0, List.of())).isEmpty();
    }
}
