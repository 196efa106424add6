package dev.thalweg.tests.law;

import dev.thalweg.tests.spec.RandomPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// A relation of the law's algebra.
sealed interface Rel {
    List<Col> columns();

    List<Rel> inputs();

    /// Whether all of it is there from the beginning.
    static boolean isFinite(Rel rel) {
        return rel instanceof Static || (!rel.inputs().isEmpty() && rel.inputs().stream().allMatch(Rel::isFinite));
    }

    record Col(String name, Type type) {}

    /// Rows of one input, as they are.
    sealed interface Kept extends Rel {
        Rel input();

        @Override
        default List<Col> columns() {
            return input().columns();
        }

        @Override
        default List<Rel> inputs() {
            return List.of(input());
        }
    }

    /// The columns of one and then those of the other, by other names.
    private static List<Col> beside(Rel left, Rel right, List<String> rightNames) {
        List<Col> columns = new ArrayList<>(left.columns());
        for (int i = 0; i < rightNames.size(); i++) {
            columns.add(new Col(rightNames.get(i), right.columns().get(i).type()));
        }
        return columns;
    }

    /// An unbounded table.
    record Stream(String name, List<Col> columns) implements Rel {
        @Override
        public List<Rel> inputs() {
            return List.of();
        }
    }

    /// Says that `column` is the event time: in the stream's declaration, or in the query above a relation.
    record Watermark(Rel input, int column, long delayMicros, boolean inDeclaration) implements Kept {}

    /// Says how long what reads these rows next keeps a key, or of a join a row, that none of them reaches.
    ///
    /// @param micros 0: for ever
    /// @param isAbove whether the query that reads them says so, or one in between
    record Lives(Rel input, long micros, boolean isAbove) implements Kept {}

    /// A finite table.
    record Static(String name, List<Col> columns) implements Rel {
        @Override
        public List<Rel> inputs() {
            return List.of();
        }
    }

    record Filter(Rel input, Expr condition) implements Kept {}

    record Project(Rel input, List<Expr> expressions, List<String> names) implements Rel {
        @Override
        public List<Col> columns() {
            List<Col> columns = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                columns.add(new Col(names.get(i), expressions.get(i).type()));
            }
            return columns;
        }

        @Override
        public List<Rel> inputs() {
            return List.of(input);
        }
    }

    enum JoinKind {
        INNER, LEFT, RIGHT, FULL, SEMI, ANTI,
        /// `NOT IN`: a NULL on either side means that nobody knows.
        NOT_IN;

        boolean givesBoth() {
            return this == INNER || this == LEFT || this == RIGHT || this == FULL;
        }
    }

    /// What two rows must share.
    ///
    /// @param left over the columns of one
    /// @param right over those of the other
    /// @param isNullSafe NULL meets NULL
    record JoinKey(Expr left, Expr right, boolean isNullSafe) {}

    /// How far apart the times of two rows may be: `right >= left - before` and `right <= left + after`, in microseconds,
    /// where there is such a bound.
    record Band(int left, int right, Optional<Long> before, Optional<Long> after) {}

    /// A stream with a finite table, or with what is made of streams.
    ///
    /// @param keys one for `NOT_IN`; none: all rows meet
    /// @param residual over the columns of both
    /// @param rightNames what the columns of `right` are called here
    record Join(Rel left, Rel right, JoinKind kind, List<JoinKey> keys, Optional<Band> band, Optional<Expr> residual,
            List<String> rightNames) implements Rel {
        Join(Rel left, Rel right, JoinKind kind, JoinKey key, Optional<Expr> residual, List<String> rightNames) {
            this(left, right, kind, List.of(key), Optional.empty(), residual, rightNames);
        }

        boolean isOfStreams() {
            return !isFinite(right);
        }

        /// Every second semi or anti join without a bound is written as a subquery in WHERE; NOT IN is one.
        boolean isSubquery() {
            boolean filters = kind == JoinKind.SEMI || kind == JoinKind.ANTI;
            return kind == JoinKind.NOT_IN
                    || (filters && band.isEmpty()
                            && keys.stream().noneMatch(key -> key.left().type() == Type.TIMESTAMP)
                            && rightNames.getFirst().hashCode() % 2 == 0);
        }

        List<Col> both() {
            return beside(left, right, rightNames);
        }

        @Override
        public List<Col> columns() {
            return kind.givesBoth() ? both() : left.columns();
        }

        @Override
        public List<Rel> inputs() {
            return List.of(left, right);
        }
    }

    /// Each left row beside the right row of its keys whose time is nearest.
    ///
    /// @param comparison how the left time must compare to the right one: `>=`, `>`, `<=` or `<`
    /// @param outer rows that meet none come out with NULLs
    /// @param rightNames what the columns of `right` are called here
    record Asof(Rel left, Rel right, boolean outer, List<JoinKey> keys, int leftTime, int rightTime, String comparison,
            List<String> rightNames) implements Rel {
        boolean isOfStreams() {
            return !isFinite(right);
        }

        /// The nearest is the last one before the left row.
        boolean isBackward() {
            return comparison.startsWith(">");
        }

        @Override
        public List<Col> columns() {
            return beside(left, right, rightNames);
        }

        @Override
        public List<Rel> inputs() {
            return List.of(left, right);
        }
    }

    /// One more column: the answer of a scalar subquery, an aggregate over a table or a stream.
    ///
    /// @param correlation which of its rows count for a row; all where there is none
    record Lookup(Rel input, Rel table, AggregateCall call, Optional<JoinKey> correlation) implements Rel {
        boolean isOfStreams() {
            return !isFinite(table);
        }

        @Override
        public List<Col> columns() {
            List<Col> columns = new ArrayList<>(input.columns());
            columns.add(new Col(call.name(), call.type()));
            return columns;
        }

        @Override
        public List<Rel> inputs() {
            return List.of(input, table);
        }
    }

    /// A row for each element of an array; none for an empty one or NULL.
    record Explode(Rel input, Expr array, String name) implements Rel {
        @Override
        public List<Col> columns() {
            List<Col> columns = new ArrayList<>(input.columns());
            columns.add(new Col(name, Type.STRING));
            return columns;
        }

        @Override
        public List<Rel> inputs() {
            return List.of(input);
        }
    }

    /// Windows `[start, end)` of `size` that begin every `slide` microseconds; columns start and end lead the output.
    ///
    /// @param slide 0 for sessions: rows of a group that are at most `size` apart
    record Window(int timeColumn, long size, long slide, String startName, String endName) {
        boolean isSession() {
            return slide == 0;
        }
    }

    /// How the keys are combined besides all together.
    enum Grouping {
        PLAIN, SETS, CUBE, ROLLUP
    }

    enum Function {
        COUNT_ROWS, COUNT, SUM, AVG, MIN, MAX, BOOL_AND, BOOL_OR, STDDEV_SAMP, STDDEV_POP, VAR_SAMP, VAR_POP, COLLECT_SET, FIRST, LAST, COLLECT_LIST,
        /// Of what is computed from the column that decides, so that equals give the same.
        MAX_BY, MIN_BY,
        /// The first quartile.
        PERCENTILE, MEDIAN, BIT_AND, BIT_OR, BIT_XOR, COUNT_IF,
        /// Of a program: [Programs.Spread].
        SPREAD,
        /// Of a program: [Programs.Squares].
        SQUARES;

        boolean isOf(Set<Part> parts) {
            return compareTo(MAX_BY) < 0 || parts.contains(compareTo(SPREAD) < 0 ? Part.AGGREGATES : Part.PROGRAM);
        }

        /// Whether the order of arrival decides.
        boolean isOrdered() {
            return this == FIRST || this == LAST || this == COLLECT_LIST;
        }
    }

    /// One aggregate of a group.
    ///
    /// @param by what decides for `MAX_BY` and `MIN_BY`
    record AggregateCall(Function function, Optional<Expr> argument, boolean distinct, Optional<Expr> filter,
            String name, Type type, Optional<Expr> by) {
        AggregateCall(Function function, Optional<Expr> argument, boolean distinct, Optional<Expr> filter, String name,
                Type type) {
            this(function, argument, distinct, filter, name, type, Optional.empty());
        }
    }

    /// Groups, with or without windows and several grouping sets.
    ///
    /// @param sets for each row of output of a group: which of the keys are shown; one with all keys if PLAIN
    /// @param having over the output columns
    record Aggregate(Rel input, Optional<Window> window, List<Expr> keys, List<String> keyNames, Grouping grouping,
            List<List<Integer>> sets, List<AggregateCall> calls, Optional<Expr> having) implements Rel {
        @Override
        public List<Col> columns() {
            List<Col> columns = new ArrayList<>();
            window.ifPresent(w -> {
                columns.add(new Col(w.startName(), Type.TIMESTAMP));
                columns.add(new Col(w.endName(), Type.TIMESTAMP));
            });
            for (int i = 0; i < keys.size(); i++) {
                columns.add(new Col(keyNames.get(i), keys.get(i).type()));
            }
            calls.forEach(call -> columns.add(new Col(call.name(), call.type())));
            return columns;
        }

        @Override
        public List<Rel> inputs() {
            return List.of(input);
        }
    }

    record Distinct(Rel input) implements Kept {}

    /// UNION ALL, by position; the names are the left's.
    record Union(Rel left, Rel right) implements Rel {
        @Override
        public List<Col> columns() {
            return left.columns();
        }

        @Override
        public List<Rel> inputs() {
            return List.of(left, right);
        }
    }

    /// The first row of each key by arrival; where `isWithin`, also the first that comes when the watermark has let the key go.
    record DropDuplicates(Rel input, List<Integer> keys, boolean isWithin) implements Kept {}

    /// INTERSECT or EXCEPT, by position; the names are the left's.
    ///
    /// @param all by how often a row is there
    record SetOperation(Rel left, Rel right, SetKind kind, boolean all) implements Rel {
        @Override
        public List<Col> columns() {
            return left.columns();
        }

        @Override
        public List<Rel> inputs() {
            return List.of(left, right);
        }
    }

    enum SetKind {
        INTERSECT, EXCEPT
    }

    record Order(int column, boolean descending, boolean nullsFirst) {}

    /// How rows are counted.
    enum Rank {
        ROW_NUMBER, RANK, DENSE_RANK
    }

    /// How [Top] is written.
    enum TopForm {
        LIMIT, FILTER, QUALIFY
    }

    /// The rows of each partition whose rank is above `offset` and at most `offset + count`.
    ///
    /// @param rankName the rank as one more column; never for `LIMIT`
    record Top(Rel input, List<Integer> partition, List<Order> order, Rank rank, long offset, long count,
            Optional<String> rankName, TopForm form) implements Rel {
        @Override
        public List<Col> columns() {
            List<Col> columns = new ArrayList<>(input.columns());
            rankName.ifPresent(name -> columns.add(new Col(name, Type.INT)));
            return columns;
        }

        @Override
        public List<Rel> inputs() {
            return List.of(input);
        }
    }

    /// One more column for each window function.
    ///
    /// @param byTime drawn for append mode: each row comes out when the watermark has passed what is said of it
    record Over(Rel input, List<Integer> partition, List<Order> order, List<OverCall> calls, boolean byTime)
            implements
                Rel {
        /// So far behind a row's time, in microseconds, its frames look.
        long ahead() {
            return calls.stream().flatMap(call -> call.frame().stream()).mapToLong(OverCall.Frame::ahead).max()
                    .orElse(0);
        }

        @Override
        public List<Col> columns() {
            List<Col> columns = new ArrayList<>(input.columns());
            calls.forEach(call -> columns.add(new Col(call.name(), call.type())));
            return columns;
        }

        @Override
        public List<Rel> inputs() {
            return List.of(input);
        }
    }

    /// Rows come when the clock has reached their time, or leave then.
    ///
    /// @param comparison how the clock must compare to the time moved by `shiftMicros`: `>=`, `>`, `<` or `<=`
    record Clocked(Rel input, int column, long shiftMicros, String comparison) implements Kept {
        boolean waits() {
            return comparison.startsWith(">");
        }
    }

    /// Each row beside the first rows of another relation that belong to it.
    ///
    /// @param outer rows to which none belongs come out with NULLs
    /// @param isAbove whether the keys ask for a greater value and not for the same
    /// @param rightNames what the columns of `right` are called here
    record Lateral(Rel left, Rel right, boolean outer, List<JoinKey> keys, boolean isAbove, List<Order> order,
            int count, List<String> rightNames) implements Rel {
        boolean isOfStreams() {
            return !isFinite(right) || isAbove;
        }

        @Override
        public List<Col> columns() {
            return beside(left, right, rightNames);
        }

        @Override
        public List<Rel> inputs() {
            return List.of(left, right);
        }
    }

    /// The numbers that edges lead to from where one starts, or all ways of `length` edges at most.
    ///
    /// @param start one column; `edges` has two
    /// @param length 0 for any, and each number once
    record Reach(Rel start, Rel edges, int length, String name, String lengthName) implements Rel {
        @Override
        public List<Col> columns() {
            Col number = new Col(name, Type.INT);
            return length == 0 ? List.of(number) : List.of(number, new Col(lengthName, Type.INT));
        }

        @Override
        public List<Rel> inputs() {
            return List.of(start, edges);
        }
    }

    /// A column for each of some values of the column `by`, in groups by the columns before that one.
    ///
    /// @param values texts, each with what its column is called
    record Pivot(Rel input, int by, List<String> values, List<String> valueNames, List<AggregateCall> calls)
            implements
                Rel {
        @Override
        public List<Col> columns() {
            List<Col> columns = new ArrayList<>(input.columns().subList(0, by));
            valueNames.forEach(value -> calls.forEach(call -> columns
                    .add(new Col(calls.size() == 1 ? value : value + "_" + call.name(), call.type()))));
            return columns;
        }

        @Override
        public List<Rel> inputs() {
            return List.of(input);
        }
    }

    /// The last moment of each window as one more column, by which windows can be put into windows.
    record WindowTime(Aggregate groups, String name) implements Rel {
        @Override
        public List<Col> columns() {
            List<Col> columns = new ArrayList<>(groups.columns());
            columns.add(new Col(name, Type.TIMESTAMP));
            return columns;
        }

        @Override
        public List<Rel> inputs() {
            return List.of(groups);
        }
    }

    /// The matches of a pattern among rows of a key, a time and a number that is never NULL.
    ///
    /// @param names of the key and of what is told of a match
    record Match(Rel input, RandomPattern pattern, List<String> names) implements Rel {
        @Override
        public List<Col> columns() {
            List<Type> types = new ArrayList<>(List.of(Type.STRING, Type.BIGINT, Type.BIGINT, Type.INT, Type.STRING));
            pattern.conditions().forEach((_, _) -> types.add(Type.BIGINT));
            return IntStream.range(0, names.size()).mapToObj(i -> new Col(names.get(i), types.get(i))).toList();
        }

        @Override
        public List<Rel> inputs() {
            return List.of(input);
        }
    }
}
