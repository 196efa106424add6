package dev.thalweg.tests.law;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A relation of the law's algebra.
sealed interface Rel {
    List<Col> columns();

    List<Rel> inputs();

    record Col(String name, Type type) {}

    /// An unbounded table.
    record Stream(String name, List<Col> columns) implements Rel {
        @Override
        public List<Rel> inputs() {
            return List.of();
        }
    }

    /// Says that `column` is the event time: in the stream's declaration, or in the query above a relation.
    record Watermark(Rel input, int column, long delayMicros, boolean inDeclaration) implements Rel {
        @Override
        public List<Col> columns() {
            return input.columns();
        }

        @Override
        public List<Rel> inputs() {
            return List.of(input);
        }
    }

    /// A finite table.
    record Static(String name, List<Col> columns) implements Rel {
        @Override
        public List<Rel> inputs() {
            return List.of();
        }
    }

    record Filter(Rel input, Expr condition) implements Rel {
        @Override
        public List<Col> columns() {
            return input.columns();
        }

        @Override
        public List<Rel> inputs() {
            return List.of(input);
        }
    }

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
        INNER, LEFT, SEMI, ANTI,
        /// `NOT IN`: a NULL on either side means that nobody knows.
        NOT_IN
    }

    /// What two rows must share.
    ///
    /// @param left over the columns of one
    /// @param right over those of the other
    /// @param isNullSafe NULL meets NULL
    record JoinKey(Expr left, Expr right, boolean isNullSafe) {}

    /// A stream with a finite table.
    ///
    /// @param residual over the columns of both
    /// @param rightNames what the columns of `right` are called here
    record Join(Rel left, Static right, JoinKind kind, JoinKey key, Optional<Expr> residual,
            List<String> rightNames) implements Rel {
        List<Col> both() {
            List<Col> columns = new ArrayList<>(left.columns());
            for (int i = 0; i < rightNames.size(); i++) {
                columns.add(new Col(rightNames.get(i), right.columns().get(i).type()));
            }
            return columns;
        }

        @Override
        public List<Col> columns() {
            return kind == JoinKind.INNER || kind == JoinKind.LEFT ? both() : left.columns();
        }

        @Override
        public List<Rel> inputs() {
            return List.of(left);
        }
    }

    /// One more column: the answer of a scalar subquery, an aggregate over a finite table.
    ///
    /// @param correlation which of its rows count for a row; all where there is none
    record Lookup(Rel input, Static table, AggregateCall call, Optional<JoinKey> correlation) implements Rel {
        @Override
        public List<Col> columns() {
            List<Col> columns = new ArrayList<>(input.columns());
            columns.add(new Col(call.name(), call.type()));
            return columns;
        }

        @Override
        public List<Rel> inputs() {
            return List.of(input);
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
    record Window(int timeColumn, long size, long slide, String startName, String endName) {}

    /// How the keys are combined besides all together.
    enum Grouping {
        PLAIN, SETS, CUBE, ROLLUP
    }

    enum Function {
        COUNT_ROWS, COUNT, SUM, AVG, MIN, MAX, BOOL_AND, BOOL_OR, STDDEV_SAMP, STDDEV_POP, VAR_SAMP, VAR_POP, COLLECT_SET, FIRST, LAST, COLLECT_LIST;

        /// Whether the order of arrival decides.
        boolean isOrdered() {
            return this == FIRST || this == LAST || this == COLLECT_LIST;
        }
    }

    record AggregateCall(Function function, Optional<Expr> argument, boolean distinct, Optional<Expr> filter,
            String name,
            Type type) {}

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

    record Distinct(Rel input) implements Rel {
        @Override
        public List<Col> columns() {
            return input.columns();
        }

        @Override
        public List<Rel> inputs() {
            return List.of(input);
        }
    }

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

    /// The first row of each key by arrival.
    record DropDuplicates(Rel input, List<Integer> keys) implements Rel {
        @Override
        public List<Col> columns() {
            return input.columns();
        }

        @Override
        public List<Rel> inputs() {
            return List.of(input);
        }
    }
}
