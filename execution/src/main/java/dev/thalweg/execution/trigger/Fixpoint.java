package dev.thalweg.execution.trigger;

import dev.thalweg.execution.hash.GroupTable;
import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.execution.operator.Recurring;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;

/// Finds the rows of a query that reads itself: level by level, each made by the step of the rows of the level before, until a
/// level has none.
///
/// State: all rows found, and without ALL their keys besides. **Cost** a run of the step a level. **Thread** the one that starts
/// the query. **Errors** `InvalidQuery` after as many levels as are allowed.
final class Fixpoint {
    private final PlanNode.Recursion recursion;
    private final Levels levels;
    private final BufferAllocator allocator;

    /// Runs the parts of the query.
    interface Levels {
        /// The rows of the anchor, which the caller closes.
        List<Batch> anchor();

        /// What the step makes of these rows; the caller closes both.
        List<Batch> step(List<Batch> rows);
    }

    Fixpoint(PlanNode.Recursion recursion, Levels levels, BufferAllocator allocator) {
        this.recursion = recursion;
        this.levels = levels;
        this.allocator = allocator;
    }

    /// All rows; the caller closes them.
    List<Batch> rows() {
        List<Batch> all = new ArrayList<>();
        try (Seen seen = new Seen(recursion.schema(), allocator)) {
            List<Batch> newest = fresh(seen, levels.anchor());
            all.addAll(newest);
            for (int level = 1; !newest.isEmpty(); level++) {
                if (level > recursion.levelsMax()) {
                    throw Recurring.tooDeep(recursion.rows().name(), recursion.levelsMax());
                }
                newest = fresh(seen, levels.step(newest));
                all.addAll(newest);
            }
            return all;
        } catch (RuntimeException | Error e) {
            all.forEach(Batch::close);
            throw e;
        }
    }

    /// Those that are new, each as often as it is there; takes over the batches.
    private List<Batch> fresh(Seen seen, List<Batch> rows) {
        List<Batch> fresh = new ArrayList<>();
        List<Batch> left = new ArrayList<>(rows);
        try {
            while (!left.isEmpty()) {
                Batch once = Weights.expand(left.removeFirst());
                Batch batch = recursion.all() ? once : seen.unseen(once);
                if (batch.rowCount() == 0) {
                    batch.close();
                } else {
                    fresh.add(batch);
                }
            }
            return fresh;
        } catch (RuntimeException | Error e) {
            left.forEach(Batch::close);
            fresh.forEach(Batch::close);
            throw e;
        }
    }

    /// The rows that were found, each once.
    private static final class Seen implements AutoCloseable {
        private final KeyEncoder encoder;
        private final GroupTable rows;

        Seen(RowType type, BufferAllocator allocator) {
            this.encoder = KeyEncoder.of(type, IntStream.range(0, type.size()).boxed().toList(), allocator);
            this.rows = new GroupTable(allocator);
        }

        /// The rows that were not there; takes over the batch.
        Batch unseen(Batch batch) {
            try {
                int[] ids = new int[batch.rowCount()];
                int next = rows.size();
                rows.findOrInsert(encoder.encode(batch), ids);
                int[] picked = new int[ids.length];
                int count = 0;
                for (int i = 0; i < ids.length; i++) {
                    if (ids[i] == next) { // numbers are given in order of first appearance
                        picked[count++] = batch.physical(i);
                        next++;
                    }
                }
                return batch.select(picked, count);
            } catch (RuntimeException e) {
                batch.close();
                throw e;
            }
        }

        @Override
        public void close() {
            encoder.close();
            rows.close();
        }
    }
}
