package dev.thalweg.execution.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.thalweg.spi.data.ArrowTypes;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.BatchBuilder;
import dev.thalweg.spi.data.CodedText;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.data.TextDictionary;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Keys of a stream that are coded texts")
final class StreamKeysTest {
    private static final RowType TYPE = RowType.of(Field.of("k", Simple.STRING));

    /// Texts of no bytes, but for the last.
    private static Batch coded(int texts, BufferAllocator allocator, int... codes) {
        BaseVariableWidthVector vector = (BaseVariableWidthVector) ArrowTypes.newVector(TYPE.field(0), allocator);
        vector.allocateNew(64, texts);
        for (int i = 0; i < texts; i++) {
            vector.set(i, (i == texts - 1 ? "found" : "").getBytes(StandardCharsets.UTF_8));
        }
        vector.setValueCount(texts);
        return Batch.ofColumns(TYPE, List.of(new CodedText(codes, codes.length, true, TextDictionary.of(vector))),
                codes.length, null);
    }

    private static JoinTable table(BufferAllocator allocator) {
        try (BatchBuilder builder = new BatchBuilder(TYPE, allocator)) {
            return JoinTable.of(TYPE, List.of(builder.add(List.of("found")).build()), List.of(0), allocator);
        }
    }

    @Test
    @DisplayName("are found in a dictionary of any size; of a large one nothing is kept")
    void keepsNothingOfLargeOnes() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (RootAllocator allocator = new RootAllocator();
                JoinTable table = table(allocator);
                StreamKeys keys = new StreamKeys(table, TYPE, List.of(0), allocator)) {
            for (int texts : new int[] {3, 1 << 20, 5}) {
                try (Batch batch = coded(texts, allocator, texts - 1, CodedText.NULL, 0, texts - 1)) {
                    int[] ids = new int[4];
                    long before = threads.getCurrentThreadAllocatedBytes();
                    keys.find(batch, new int[] {0, 1, 2, 3}, ids);
                    assertThat(threads.getCurrentThreadAllocatedBytes() - before).as("bytes of the heap")
                            .isLessThan(2L << 20);
                    assertThat(ids).containsExactly(0, JoinTable.NONE, JoinTable.NONE, 0);
                    assertThat(batch.column(0).bytes()).as("no text is copied").isEqualTo(16);
                }
            }
        }
    }
}
