package dev.thalweg.execution.operator.match;

import dev.thalweg.execution.hash.Gather;
import dev.thalweg.execution.hash.NewColumns;
import dev.thalweg.execution.hash.RawVectors;
import dev.thalweg.execution.operator.aggregate.FrameAggregate;
import dev.thalweg.execution.operator.aggregate.FrameRows;
import dev.thalweg.planner.incremental.MatchPattern;
import dev.thalweg.planner.incremental.MatchRow;
import dev.thalweg.planner.incremental.MatchValue;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.RowType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.jspecify.annotations.Nullable;

/// Gathers what values of a match are taken from, for many rows, and makes a column of each.
///
/// Cost: a walk back through the match for each value of each row; one loop a column.
final class ValueColumns {
    private final List<Gathered> values = new ArrayList<>();
    private final List<Field> fields;
    private final BufferAllocator allocator;
    private int count;

    /// @param fields of the columns, one a value
    /// @param input what the rows are
    ValueColumns(List<MatchValue> values, List<Field> fields, MatchPattern pattern, RowType input,
            BufferAllocator allocator) {
        this.fields = fields;
        this.allocator = allocator;
        for (int i = 0; i < values.size(); i++) {
            this.values.add(switch (values.get(i)) {
                case MatchValue.Column column -> new OfRows(column);
                case MatchValue.Classifier classifier -> new Labels(classifier, pattern);
                case MatchValue.MatchNumber _ -> new Numbers();
                case MatchValue.Total total ->
                        new Totals(total, new FrameAggregate(total.call(), input, fields.get(i), allocator));
            });
        }
    }

    int count() {
        return count;
    }

    /// Whether all rows are there that the values are taken from.
    boolean isKnown(MatchRows rows, Path path, Path whole) {
        for (Gathered value : values) {
            if (!value.isKnown(rows, path, whole)) {
                return false;
            }
        }
        return true;
    }

    /// A row more.
    ///
    /// @param path the match up to the row at hand
    /// @param whole the match
    /// @param number of the match
    void add(MatchRows rows, Path path, Path whole, long number) {
        values.forEach(value -> value.add(rows, path, whole, number));
        count++;
    }

    /// A row in which nothing is known.
    void addNull() {
        values.forEach(Gathered::addNull);
        count++;
    }

    /// Makes the columns of all rows since the last call.
    void writeTo(NewColumns columns, MatchRows rows) {
        for (int i = 0; i < values.size(); i++) {
            columns.add(values.get(i).column(rows, fields.get(i)));
        }
        count = 0;
    }

    /// A column in the making.
    private abstract static sealed class Gathered {
        boolean isKnown(MatchRows rows, Path path, Path whole) {
            return true;
        }

        abstract void add(MatchRows rows, Path path, Path whole, long number);

        abstract void addNull();

        abstract FieldVector column(MatchRows rows, Field field);
    }

    private int[] room(int[] array) {
        return count < array.length ? array : Arrays.copyOf(array, array.length * 2);
    }

    private final class OfRows extends Gathered {
        private final MatchValue.Column value;
        private int[] from = new int[16];

        OfRows(MatchValue.Column value) {
            this.value = value;
        }

        private int place(MatchRows rows, Path path, Path whole) {
            return rows.place(value.row(), value.row().isFinal() ? whole : path);
        }

        @Override
        boolean isKnown(MatchRows rows, Path path, Path whole) {
            return place(rows, path, whole) != MatchRows.LATER;
        }

        @Override
        void add(MatchRows rows, Path path, Path whole, long number) {
            int place = place(rows, path, whole);
            from = room(from);
            from[count] = place < 0 ? Gather.NULL_ROW : rows.row(place);
        }

        @Override
        void addNull() {
            from = room(from);
            from[count] = Gather.NULL_ROW;
        }

        @Override
        FieldVector column(MatchRows rows, Field field) {
            return Gather.rows(rows.batch().vector(value.column()), field, from, count, allocator);
        }
    }

    private final class Labels extends Gathered {
        private final MatchRow row;
        private final byte[][] names;
        private int[] variables = new int[16];

        Labels(MatchValue.Classifier value, MatchPattern pattern) {
            this.row = value.row();
            this.names = pattern.variables().stream()
                    .map(variable -> variable.name().getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
        }

        @Override
        boolean isKnown(MatchRows rows, Path path, Path whole) {
            return rows.place(row, row.isFinal() ? whole : path) != MatchRows.LATER;
        }

        @Override
        void add(MatchRows rows, Path path, Path whole, long number) {
            variables = room(variables);
            variables[count] = variable(rows, row.isFinal() ? whole : path);
        }

        /// A row outside of what is matched so far bears none.
        private int variable(MatchRows rows, Path path) {
            int place = path.isEmpty() ? MatchRows.NOWHERE : rows.place(row, path);
            for (Path each = path; !each.isEmpty() && place >= 0; each = each.before()) {
                if (each.place() == place) {
                    return each.variable();
                }
            }
            return -1;
        }

        @Override
        void addNull() {
            variables = room(variables);
            variables[count] = -1;
        }

        @Override
        FieldVector column(MatchRows rows, Field field) {
            VarCharVector vector = (VarCharVector) dev.thalweg.spi.data.ArrowTypes.newVector(field, allocator);
            vector.allocateNew(Math.max(count, 1));
            for (int i = 0; i < count; i++) {
                if (variables[i] < 0) {
                    vector.setNull(i);
                } else {
                    vector.setSafe(i, names[variables[i]]);
                }
            }
            vector.setValueCount(count);
            return vector;
        }
    }

    private final class Numbers extends Gathered {
        private long[] numbers = new long[16];

        @Override
        void add(MatchRows rows, Path path, Path whole, long number) {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, count * 2);
            }
            numbers[count] = number;
        }

        @Override
        void addNull() {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, count * 2);
            }
            numbers[count] = 0; // no match has this number
        }

        @Override
        FieldVector column(MatchRows rows, Field field) {
            FieldVector vector = dev.thalweg.spi.data.ArrowTypes.newVector(field, allocator);
            RawVectors.allocate(vector, count);
            for (int i = 0; i < count; i++) {
                Memory.putLong(vector.getDataBufferAddress() + ((long) i << 3), numbers[i]);
                if (numbers[i] == 0) {
                    RawVectors.setNull(vector, i);
                }
            }
            return vector;
        }
    }

    /// The rows of each aggregate lie one behind the other; where the match has only grown, so have they.
    private final class Totals extends Gathered {
        private final MatchValue.Total value;
        private final FrameAggregate aggregate;
        private int[] members = new int[16];
        private int size;
        private int begin;
        private @Nullable Path last;
        private int[] from = new int[16];
        private int[] to = new int[16];
        private boolean[] absent = new boolean[16];

        Totals(MatchValue.Total value, FrameAggregate aggregate) {
            this.value = value;
            this.aggregate = aggregate;
        }

        @Override
        void add(MatchRows rows, Path path, Path whole, long number) {
            Path of = value.isFinal() ? whole : path;
            int found = 0;
            Path each = of;
            for (; !isLast(each) && !each.isEmpty(); each = each.before()) {
                found += value.variables().contains(each.variable()) ? 1 : 0;
            }
            begin = isLast(each) ? begin : size;
            if (size + found > members.length) {
                members = Arrays.copyOf(members, Math.max(size + found, members.length * 2));
            }
            size += found;
            int next = size;
            for (Path more = of; next > size - found; more = more.before()) {
                if (value.variables().contains(more.variable())) {
                    members[--next] = rows.row(more.place());
                }
            }
            last = of;
            put(begin, size, false);
        }

        /// Whether the row before ended here: its members are the first of this one's.
        @SuppressWarnings("ReferenceEquality") // a path that goes on from another has it in it
        private boolean isLast(Path path) {
            return path == last;
        }

        @Override
        void addNull() {
            put(size, size, true);
        }

        private void put(int first, int end, boolean isAbsent) {
            from = room(from);
            to = room(to);
            if (count == absent.length) {
                absent = Arrays.copyOf(absent, count * 2);
            }
            from[count] = first;
            to[count] = end;
            absent[count] = isAbsent;
        }

        /// Aggregates are computed for as many positions as there are rows or results, whichever are more.
        @Override
        FieldVector column(MatchRows rows, Field field) {
            int positions = Math.max(count, size);
            int[] begins = Arrays.copyOf(from, Math.max(positions, 1));
            int[] ends = Arrays.copyOf(to, Math.max(positions, 1));
            for (int i = count; i < positions; i++) {
                begins[i] = from[count - 1];
                ends[i] = to[count - 1];
            }
            int[] row = Arrays.copyOf(members, Math.max(positions, 1));
            try (FieldVector all = aggregate.of(FrameRows.of(rows.batch(), row, begins, ends, positions))) {
                int[] chosen = new int[count];
                for (int i = 0; i < count; i++) {
                    chosen[i] = absent[i] ? Gather.NULL_ROW : i;
                }
                return Gather.rows(all, field, chosen, count, allocator);
            } finally {
                size = 0;
                last = null;
            }
        }
    }
}
