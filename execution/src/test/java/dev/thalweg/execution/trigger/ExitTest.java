package dev.thalweg.execution.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.execution.CodedBatch;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.BatchBuilder;
import dev.thalweg.spi.data.CodedText;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The exit of a plan's last fragment")
final class ExitTest {
    private static final RowType TYPE = RowType.of(Field.of("t", Simple.STRING));

    private final RootAllocator allocator = new RootAllocator();

    @AfterEach
    void nothingIsLeft() {
        allocator.close();
    }

    private Batch coded() {
        try (BatchBuilder builder = new BatchBuilder(TYPE, allocator)) {
            builder.add(List.of("x".repeat(1000))).add(List.of("y")).add(List.of(""));
            return CodedBatch.of(builder.build(), new Random(1), allocator);
        }
    }

    @Test
    @DisplayName("makes values of codes, so that who takes the result need not")
    void decodes() {
        try (Exit exit = new Exit(Optional.empty(), 2); Batch batch = coded()) {
            assertThat(batch.column(0)).isInstanceOf(CodedText.class);
            exit.take(batch.retain());
            allocator.setLimit(allocator.getAllocatedMemory());
            assertThat(exit.current().bytes()).isGreaterThan(1000);
            assertThat(batch.vector(0).isNull(2)).isFalse();
        }
    }

    @Test
    @DisplayName("fails where the values do not fit into the memory, and keeps nothing of the batch")
    void failsInTheTask() {
        try (Exit exit = new Exit(Optional.empty(), 2)) {
            Batch batch = coded();
            allocator.setLimit(allocator.getAllocatedMemory());
            assertThatThrownBy(() -> exit.take(batch)).isInstanceOf(OutOfMemoryException.class);
            assertThat(allocator.getAllocatedMemory()).isZero();
        }
    }
}
