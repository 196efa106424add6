package dev.thalweg.execution.operator;

import dev.thalweg.planner.incremental.RecursiveUnion;
import dev.thalweg.spi.data.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;

/// WITH RECURSIVE … UNION ALL: hands every row on, and sends it round.
///
/// State: none; what goes round is kept by the joins of the step. Changes: as they come.
/// Cost: one turn of the step a level.
final class RecursiveUnionAllOperator implements Recurring {
    private final RecursiveUnion union;
    private final RowLevels levels;
    private final List<Integer> columns;
    private final List<Batch> waiting = new ArrayList<>();

    RecursiveUnionAllOperator(RecursiveUnion union, BufferAllocator allocator) {
        this.union = union;
        this.levels = new RowLevels(union, allocator);
        this.columns = IntStream.range(0, union.schema().size()).boxed().toList();
    }

    @Override
    public void push(int input, Batch batch, Downstream out) {
        waiting.add(levels.of(input, batch));
    }

    /// Levels need not wait for each other where each way to a row counts.
    @Override
    public OptionalInt nextLevel() {
        return waiting.isEmpty() ? OptionalInt.empty() : OptionalInt.of(0);
    }

    @Override
    public List<Batch> release(int level, Downstream out) {
        for (Batch batch : waiting) {
            checkDepth(batch);
            out.emit(batch.retain().project(union.schema(), columns));
        }
        List<Batch> released = List.copyOf(waiting);
        waiting.clear();
        return released;
    }

    private void checkDepth(Batch batch) {
        for (int i = 0; i < batch.rowCount(); i++) {
            if (levels.at(batch, batch.physical(i)) >= union.levelsMax() && batch.weight(i) > 0) {
                throw Recurring.tooDeep(union.name(), union.levelsMax());
            }
        }
    }

    @Override
    public void advance(Watermark watermark, Downstream out) {
        // all has been handed on
    }

    @Override
    public void close() {
        waiting.forEach(Batch::close);
        waiting.clear();
    }
}
