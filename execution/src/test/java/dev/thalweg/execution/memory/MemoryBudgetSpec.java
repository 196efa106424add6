package dev.thalweg.execution.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.spi.error.Defect;
import dev.thalweg.spi.error.Unavailable;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The memory budget of a query")
final class MemoryBudgetSpec {
    private final RootAllocator root = new RootAllocator();
    private final MemoryBudget budget = new MemoryBudget("query 'q'", root, 1 << 20);

    @AfterEach
    void close() {
        budget.close();
        root.close(); // throws when anything is left
    }

    @Test
    @DisplayName("is one for state and batches: what state holds is not left for batches")
    void batchesLeaveRoomForState() {
        budget.charge(700_000);
        assertThatThrownBy(() -> budget.allocator().buffer(1 << 19)).isInstanceOf(OutOfMemoryException.class);
        budget.charge(-300_000);
        budget.allocator().buffer(1 << 19).close();
        budget.charge(-400_000);
    }

    @Test
    @DisplayName("is one for batches and state: what batches hold is not left for state, and what is refused is not taken")
    void stateLeavesRoomForBatches() {
        try (ArrowBuf _ = budget.allocator().buffer(1 << 19)) {
            assertThatThrownBy(() -> budget.charge(600_000)).isInstanceOf(Unavailable.class)
                    .hasMessageContaining("the state of query 'q' needs 600,000 more bytes")
                    .hasMessageContaining("its budget of 1,048,576 has 524,288 left")
                    .hasMessageContaining("[THW-4021]");
            assertThat(budget.bytes()).isEqualTo(1 << 19);
            budget.charge(1 << 19);
            assertThat(budget.bytesLeft()).isZero();
        }
        budget.charge(-(1 << 19));
    }

    @Test
    @DisplayName("says at its end that state was not given back")
    void tellsStateThatIsLeft() {
        MemoryBudget leaking = new MemoryBudget("query 'leaks'", root, 1 << 20);
        leaking.charge(1000);
        assertThatThrownBy(leaking::close).isInstanceOf(Defect.class).hasMessageContaining("1,000 bytes");
        root.releaseBytes(1000);
    }
}
