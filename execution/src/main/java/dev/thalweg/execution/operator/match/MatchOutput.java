package dev.thalweg.execution.operator.match;

import dev.thalweg.execution.hash.Gather;
import dev.thalweg.execution.hash.NewColumns;
import dev.thalweg.execution.operator.Downstream;
import dev.thalweg.planner.incremental.MatchPattern.Rows;
import dev.thalweg.planner.incremental.MatchReach;
import dev.thalweg.planner.incremental.MatchRecognize;
import dev.thalweg.spi.data.Field;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/// Makes the rows that come out of matches.
final class MatchOutput {
    private static final int ROWS_MAX = 16_384;

    private final MatchRecognize match;
    private final Rows shown;
    private final ValueColumns values;
    private final BufferAllocator allocator;
    private int[] from = new int[64];

    MatchOutput(MatchRecognize match, BufferAllocator allocator) {
        this.match = match;
        this.shown = match.pattern().rows();
        this.allocator = allocator;
        List<Field> fields = match.schema().fields().subList(match.kept().size(), match.schema().size());
        this.values = new ValueColumns(match.values(), fields, match.pattern(), match.input().schema(), allocator);
    }

    /// Whether all rows are there that a match tells of.
    boolean isKnown(MatchRows rows, Path whole) {
        if (!MatchReach.waitsForRows(match)) {
            return true;
        }
        if (shown == Rows.ONE) {
            return values.isKnown(rows, whole, whole);
        }
        for (Path path = whole; !path.isEmpty(); path = path.before()) {
            if (path.isShown() && !values.isKnown(rows, path, whole)) {
                return false;
            }
        }
        return true;
    }

    /// The rows of a match.
    void add(MatchRows rows, Path whole, long number) {
        if (whole.isEmpty()) {
            if (shown != Rows.ALL_OMIT_EMPTY) {
                add(rows, whole.start(), whole, whole, number);
            }
            return;
        }
        if (shown == Rows.ONE) {
            add(rows, whole.start(), whole, whole, number);
            return;
        }
        Path[] paths = new Path[whole.length()];
        int next = paths.length;
        for (Path path = whole; !path.isEmpty(); path = path.before()) {
            paths[--next] = path;
        }
        for (Path path : paths) {
            if (path.isShown()) {
                add(rows, path.place(), path, whole, number);
            }
        }
    }

    private void add(MatchRows rows, int place, Path path, Path whole, long number) {
        keep(rows, place);
        values.add(rows, path, whole, number);
    }

    /// A row that is in no match.
    void addUnmatched(MatchRows rows, int place) {
        if (shown == Rows.ALL_WITH_UNMATCHED) {
            keep(rows, place);
            values.addNull();
        }
    }

    private void keep(MatchRows rows, int place) {
        if (values.count() == from.length) {
            from = Arrays.copyOf(from, from.length * 2);
        }
        from[values.count()] = rows.row(place);
    }

    /// Hands over what there is, if it is much.
    void flushIfFull(MatchRows rows, Downstream out) {
        if (values.count() >= ROWS_MAX) {
            flush(rows, out);
        }
    }

    void flush(MatchRows rows, Downstream out) {
        int count = values.count();
        if (count == 0) {
            return;
        }
        try (NewColumns columns = new NewColumns(allocator)) {
            for (int i = 0; i < match.kept().size(); i++) {
                columns.add(Gather.rows(rows.batch().vector(match.kept().get(i)), match.schema().field(i), from, count,
                        allocator));
            }
            values.writeTo(columns, rows);
            out.emit(columns.batch(match.schema(), count));
        }
    }
}
