package dev.thalweg.execution.operator.match;

import dev.thalweg.execution.hash.Gather;
import dev.thalweg.execution.hash.NewColumns;
import dev.thalweg.execution.operator.JoinCondition;
import dev.thalweg.execution.operator.match.Matcher.Answer;
import dev.thalweg.planner.incremental.MatchPattern;
import dev.thalweg.planner.incremental.MatchPattern.Variable;
import dev.thalweg.planner.incremental.MatchRow;
import dev.thalweg.planner.incremental.MatchValue;
import dev.thalweg.planner.incremental.MatchRecognize;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/// What DEFINE asks of rows, in three kinds: of the row alone, which is a column of the input; of its neighbours, which is
/// computed for many rows at once; and of other rows of the match, for each way through the pattern.
///
/// Cost: a bit a row for the first two; a run of the compiled condition over one row for the third.
public final class Conditions implements Matcher.Tests, AutoCloseable {
    private final List<OfVariable> variables = new ArrayList<>();
    /// By which rows ways through the pattern differ.
    private final List<MatchRow> tracked = new ArrayList<>();
    private final List<List<Integer>> totals = new ArrayList<>();
    private boolean readsLabels;
    private @Nullable MatchRows rows;
    private long number;

    /// @param compiled the condition of each variable that has one, in order; taken over
    Conditions(MatchRecognize match, List<JoinCondition> compiled, BufferAllocator allocator) {
        int next = 0;
        for (Variable variable : match.pattern().variables()) {
            Optional<JoinCondition> condition = variable.condition().isPresent()
                    ? Optional.of(compiled.get(next++))
                    : Optional.empty();
            variables.add(new OfVariable(variable, condition, match, allocator));
            variable.tested().forEach(this::track);
        }
    }

    private void track(MatchValue value) {
        switch (value) {
            case MatchValue.Column(MatchRow row, _, _) -> {
                if (!row.isCurrent() && !tracked.contains(row)) {
                    tracked.add(row);
                }
            }
            case MatchValue.Classifier(MatchRow row) -> readsLabels |= !row.isCurrent() || row.shift() != 0;
            case MatchValue.Total total -> {
                if (!totals.contains(total.variables())) {
                    totals.add(total.variables());
                }
            }
            case MatchValue.MatchNumber _ -> {
            }
        }
    }

    /// The rows that are searched next.
    void enter(MatchRows next) {
        rows = next;
        variables.forEach(OfVariable::forget);
    }

    /// The number of the match that is looked for.
    void look(long forNumber) {
        number = forNumber;
    }

    private MatchRows rows() {
        return java.util.Objects.requireNonNull(rows);
    }

    @Override
    public boolean has(int place) {
        return rows().has(place);
    }

    @Override
    public boolean spans(int start, int place) {
        return rows().spans(start, place);
    }

    @Override
    public boolean isClosed(int start) {
        return rows().isClosed(start);
    }

    @Override
    public Answer test(Path path) {
        return variables.get(path.variable()).test(rows(), path, number);
    }

    // ---- ways that cannot be told apart

    @Override
    public boolean alike(Path one, Path other) {
        if (readsLabels && !sameLabels(one, other)) {
            return false;
        }
        for (List<Integer> set : totals) {
            if (!sameMembers(set, one, other)) {
                return false;
            }
        }
        for (MatchRow row : tracked) {
            if (!sameAnchors(row, one, other)) {
                return false;
            }
        }
        return true;
    }

    @SuppressWarnings("ReferenceEquality") // where paths meet they are one
    private static boolean sameLabels(Path one, Path other) {
        Path left = one;
        Path right = other;
        while (left != right && !left.isEmpty()) {
            if (left.variable() != right.variable()) {
                return false;
            }
            left = left.before();
            right = right.before();
        }
        return true;
    }

    @SuppressWarnings("ReferenceEquality") // where paths meet they are one
    private static boolean sameMembers(List<Integer> set, Path one, Path other) {
        Path left = one;
        Path right = other;
        while (left != right && !left.isEmpty()) {
            if (set.contains(left.variable()) != set.contains(right.variable())) {
                return false;
            }
            left = left.before();
            right = right.before();
        }
        return true;
    }

    /// The rows among the first or last that a navigation can come to now or later.
    @SuppressWarnings("ReferenceEquality") // where paths meet they are one
    private static boolean sameAnchors(MatchRow row, Path one, Path other) {
        if (row.first()) {
            int members = MatchRows.count(row.variables(), one);
            int others = MatchRows.count(row.variables(), other);
            int wanted = row.offset() + 1;
            return (Math.min(members, wanted) == Math.min(others, wanted))
                    && sameLast(row.variables(), skip(row.variables(), one, members - wanted),
                            skip(row.variables(), other, others - wanted), wanted);
        }
        return sameLast(row.variables(), one, other, row.offset() + 1);
    }

    /// Without the last so many rows of a set.
    private static Path skip(List<Integer> set, Path path, int many) {
        Path each = path;
        int left = many;
        while (left > 0) {
            left -= set.contains(each.variable()) ? 1 : 0;
            each = each.before();
        }
        return each;
    }

    private static boolean sameLast(List<Integer> set, Path one, Path other, int many) {
        Path left = one;
        Path right = other;
        for (int i = 0; i < many; i++) {
            left = last(set, left);
            right = last(set, right);
            if (left.isEmpty() || right.isEmpty()) {
                return left.isEmpty() == right.isEmpty();
            }
            if (left.place() != right.place()) {
                return false;
            }
            left = left.before();
            right = right.before();
        }
        return true;
    }

    private static Path last(List<Integer> set, Path path) {
        Path each = path;
        while (!each.isEmpty() && !set.contains(each.variable())) {
            each = each.before();
        }
        return each;
    }

    @Override
    public void close() {
        variables.forEach(OfVariable::close);
    }

    // ---- one variable

    /// The condition of one variable.
    private static final class OfVariable implements AutoCloseable {
        private final int column;
        private final @Nullable JoinCondition condition;
        private final List<MatchValue> tested;
        private final RowType row;
        private final ValueColumns values;
        private final BufferAllocator allocator;
        private final boolean isNear;
        /// Of each place, where it looks at neighbours only.
        private Answer[] near = new Answer[0];

        OfVariable(Variable variable, Optional<JoinCondition> condition, MatchRecognize match,
                BufferAllocator allocator) {
            this.column = variable.column().orElse(-1);
            this.condition = condition.orElse(null);
            this.tested = variable.tested();
            this.row = testedRow(tested);
            this.allocator = allocator;
            this.isNear = tested.stream()
                    .allMatch(value -> value instanceof MatchValue.Column(MatchRow from, _, _) && from.isCurrent());
            MatchPattern pattern = match.pattern();
            this.values = new ValueColumns(tested, row.fields(), pattern, match.input().schema(), allocator);
        }

        void forget() {
            near = new Answer[0];
        }

        Answer test(MatchRows rows, Path path, long number) {
            if (column >= 0 && !isTrue(rows.batch().vector(column), rows.row(path.place()))) {
                return Answer.NO;
            }
            if (condition == null) {
                return Answer.YES;
            }
            if (isNear) {
                return nearby(rows, path.place());
            }
            if (!values.isKnown(rows, path, path)) {
                return Answer.LATER;
            }
            values.add(rows, path, path, number);
            try (NewColumns columns = new NewColumns(allocator)) {
                values.writeTo(columns, rows);
                return answer(columns.batch(row, 1))[0];
            }
        }

        private static boolean isTrue(FieldVector vector, int at) {
            return Memory.getBit(vector.getDataBufferAddress(), at)
                    && (vector.getNullCount() == 0 || Memory.getBit(vector.getValidityBufferAddress(), at));
        }

        /// Computed for all rows of the partition when the first of them asks.
        private Answer nearby(MatchRows rows, int place) {
            if (place >= near.length) {
                near = java.util.Arrays.copyOf(near, rows.count());
            }
            if (near[place] == null) {
                fillNear(rows, place);
            }
            return near[place];
        }

        /// Rows of which the column has said no already are not asked: the condition may fail for them.
        private void fillNear(MatchRows rows, int first) {
            int[] places = new int[rows.end() - first];
            int count = 0;
            for (int place = first; place < rows.end(); place++) {
                near[place] = Answer.NO;
                if (column < 0 || isTrue(rows.batch().vector(column), rows.row(place))) {
                    places[count++] = place;
                }
            }
            boolean[] later = new boolean[count];
            Batch made;
            try (NewColumns columns = new NewColumns(allocator)) {
                for (int i = 0; i < tested.size(); i++) {
                    MatchValue.Column value = (MatchValue.Column) tested.get(i);
                    int[] from = new int[count];
                    for (int k = 0; k < count; k++) {
                        int place = rows.shifted(places[k], value.row().shift());
                        later[k] |= place == MatchRows.LATER;
                        from[k] = place < 0 ? Gather.NULL_ROW : rows.row(place);
                    }
                    columns.add(Gather.rows(rows.batch().vector(value.column()), row.field(i), from, count,
                            allocator));
                }
                made = columns.batch(row, count);
            }
            Answer[] answers = answer(made);
            for (int k = 0; k < count; k++) {
                near[places[k]] = later[k] ? Answer.LATER : answers[k];
            }
        }

        private Answer[] answer(Batch batch) {
            Answer[] answers = new Answer[batch.rowCount()];
            try (Batch holds = java.util.Objects.requireNonNull(condition).evaluate(batch)) {
                for (int i = 0; i < answers.length; i++) {
                    answers[i] = isTrue(holds.vector(0), i) ? Answer.YES : Answer.NO;
                }
            }
            return answers;
        }

        @Override
        public void close() {
            if (condition != null) {
                condition.close();
            }
        }
    }

    /// What a condition reads.
    public static RowType testedRow(List<MatchValue> tested) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < tested.size(); i++) {
            fields.add(new Field("v" + i, tested.get(i).type(), true));
        }
        return new RowType(fields);
    }

}
