package dev.thalweg.execution.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Memory that buffers gave back")
final class BufferPoolSpec {
    private static final int SIZE = 1 << 16;

    private final BufferPool pool = new BufferPool();
    private final BufferAllocator session = pool.allocator();

    @AfterEach
    void close() {
        try (pool) {
            session.close(); // throws when anything is left
        }
    }

    @Test
    @DisplayName("is handed out again, to whoever asks for its size, the last one first")
    void isHandedOutAgain() {
        try (BufferAllocator query = session.newChildAllocator("query", 0, Long.MAX_VALUE)) {
            ArrowBuf first = query.buffer(SIZE);
            ArrowBuf last = query.buffer(SIZE);
            long address = last.memoryAddress();
            first.close();
            last.close();
            try (BufferAllocator other = session.newChildAllocator("other", 0, Long.MAX_VALUE);
                    ArrowBuf again = other.buffer(SIZE - 1);
                    ArrowBuf larger = other.buffer(2 * SIZE)) {
                assertThat(again.memoryAddress()).isEqualTo(address);
                assertThat(larger.memoryAddress()).isNotEqualTo(address);
                assertThat(pool.keptBytes()).isEqualTo(SIZE);
            }
        }
    }

    @Test
    @DisplayName("is charged to nobody while it waits")
    void isChargedToNobody() {
        try (BufferAllocator query = session.newChildAllocator("query", 0, SIZE)) {
            for (int i = 0; i < 3; i++) {
                query.buffer(SIZE).close();
                assertThat(query.getAllocatedMemory()).isZero();
            }
        }
    }

    @Test
    @DisplayName("is kept up to a limit; what was asked for the longest ago gives way")
    void isKeptUpToALimit() {
        try (BufferAllocator query = session.newChildAllocator("query", 0, Long.MAX_VALUE)) {
            query.buffer(SIZE).close();
            giveBack(query, BufferPool.KEPT_BYTES_MAX - SIZE, 1 << 20);
            assertThat(pool.keptBytes()).isLessThanOrEqualTo(BufferPool.KEPT_BYTES_MAX);
            giveBack(query, 4L << 20, 4 << 20);
            assertThat(pool.keptBytes()).isLessThanOrEqualTo(BufferPool.KEPT_BYTES_MAX);
            long before = pool.keptBytes();
            try (ArrowBuf _ = query.buffer(4 << 20)) {
                assertThat(pool.keptBytes()).isEqualTo(before - (4 << 20));
            }
        }
    }

    @Test
    @DisplayName("is given back, but for as much as others hold or a little, when a query ends, and wholly with the session")
    void isGivenBackWhenAQueryEnds() {
        BufferAllocator other = session.newChildAllocator("other", 0, Long.MAX_VALUE);
        ArrowBuf held = other.buffer(2 * BufferPool.KEPT_BYTES_MAX_IDLE);
        try (BufferAllocator query = session.newChildAllocator("query", 0, Long.MAX_VALUE)) {
            giveBack(query, 2 * BufferPool.KEPT_BYTES_MAX_IDLE, 1 << 20);
        }
        assertThat(pool.keptBytes()).isEqualTo(2 * BufferPool.KEPT_BYTES_MAX_IDLE);
        held.close();
        session.newChildAllocator("next", 0, Long.MAX_VALUE).close();
        assertThat(pool.keptBytes()).isEqualTo(BufferPool.KEPT_BYTES_MAX_IDLE);
        other.close();
        assertThat(pool.keptBytes()).isEqualTo(BufferPool.KEPT_BYTES_MAX_IDLE);
        pool.close();
        assertThat(pool.keptBytes()).isZero();
        session.buffer(SIZE).close();
        assertThat(pool.keptBytes()).isZero();
    }

    @Test
    @DisplayName("is not kept when it is smaller than a page or very large")
    void isNotKeptWhenItsSizeIsRare() {
        session.buffer(100).close();
        session.buffer(BufferPool.KEPT_SIZE_MAX + 1).close();
        assertThat(pool.keptBytes()).isZero();
    }

    private static void giveBack(BufferAllocator query, long bytes, int size) {
        List<ArrowBuf> buffers = new ArrayList<>();
        for (long i = 0; i < bytes / size; i++) {
            buffers.add(query.buffer(size));
        }
        buffers.forEach(ArrowBuf::close);
    }
}
