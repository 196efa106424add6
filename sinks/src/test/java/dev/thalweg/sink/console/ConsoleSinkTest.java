package dev.thalweg.sink.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.sink.SinkHarness;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The console sink")
final class ConsoleSinkTest {
    @Test
    @DisplayName("prints one block for each trigger that has rows, when it commits")
    void printsBlocks() {
        RowType type = RowType.of(Field.of("word", Simple.STRING), Field.of("n", Simple.BIGINT));
        try (SinkHarness sink = new SinkHarness("console", Map.of("numRows", "1", "truncate", "6"), type,
                Path.of(""))) {
            sink.stage(3, List.of(Arrays.asList("abcdefgh", 1L), Arrays.asList(null, 2L)));
            assertThat(sink.shown).isEmpty();
            sink.sink().commit(3);
            sink.run(4, List.of());
            assertThat(sink.shown.toString()).isEqualTo("""
                    -- trigger 3, watermark 1970-01-01 00:00:03
                    +------+---+
                    |  word|  n|
                    +------+---+
                    |abc...|  1|
                    +------+---+
                    only showing top 1 of 2 rows

                    """);
        }
    }
}
