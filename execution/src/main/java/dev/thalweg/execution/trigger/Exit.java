package dev.thalweg.execution.trigger;

import dev.thalweg.execution.exchange.Inbox;
import dev.thalweg.execution.exchange.KeyRouter;
import dev.thalweg.spi.data.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where a task's rows leave a fragment: sorted by the task that owns them, or in one pile at the end of the plan.
///
/// Rows of a split pile up in a [Pile] of its own, so that they can be handed on in the order of the splits.
///
/// **Thread** the task's; the trigger thread takes the piles between rounds.
final class Exit implements Port, AutoCloseable {
    private final Optional<KeyRouter> router;
    private final int parts;
    private Pile current;

    /// @param router empty at the end of the plan
    Exit(Optional<KeyRouter> router, int tasks) {
        this.router = router;
        this.parts = router.isPresent() ? tasks : 1;
        this.current = new Pile(parts);
    }

    @Override
    public void take(Batch batch) {
        if (router.isPresent()) {
            router.get().route(batch, current::add);
        } else {
            current.add(0, withValues(batch));
        }
    }

    /// Makes what is still coded here, where the task pays for it and an error says where it was; who takes the result only
    /// reads.
    private static Batch withValues(Batch batch) {
        try {
            for (int column = 0; column < batch.columnCount(); column++) {
                batch.vector(column);
            }
            return batch;
        } catch (RuntimeException e) {
            batch.close();
            throw e;
        }
    }

    /// Rows that come from now on pile up there.
    void fill(Pile pile) {
        current = pile;
    }

    Pile freshPile() {
        return new Pile(parts);
    }

    Pile current() {
        return current;
    }

    @Override
    public void close() {
        current.close();
        router.ifPresent(KeyRouter::close);
    }

    /// Rows on their way to each task.
    static final class Pile implements AutoCloseable {
        private final List<Inbox> parts = new ArrayList<>();

        private Pile(int count) {
            for (int i = 0; i < count; i++) {
                parts.add(new Inbox());
            }
        }

        void add(int part, Batch batch) {
            parts.get(part).add(batch);
        }

        Inbox part(int index) {
            return parts.get(index);
        }

        int size() {
            return parts.size();
        }

        long bytes() {
            long bytes = 0;
            for (Inbox part : parts) {
                bytes += part.bytes();
            }
            return bytes;
        }

        @Override
        public void close() {
            parts.forEach(Inbox::close);
        }
    }
}
