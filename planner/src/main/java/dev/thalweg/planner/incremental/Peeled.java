package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.Expression.Call;
import dev.thalweg.planner.incremental.Expression.Input;
import dev.thalweg.planner.incremental.Expression.Literal;
import dev.thalweg.planner.incremental.PlanNode.Exchange;
import dev.thalweg.planner.incremental.PlanNode.Filter;
import dev.thalweg.planner.incremental.PlanNode.Project;
import dev.thalweg.planner.incremental.PlanNode.Scan;
import dev.thalweg.planner.incremental.PlanNode.Watermark;
import dev.thalweg.planner.incremental.PlanNode.WindowAssign;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// A node without the stages on top of it that keep nothing: what is below them, what they do to its rows, and what their
/// columns are made of. So two branches of a plan can be told to hold the same rows, whichever columns each has.
///
/// @param base what is below; of a [Scan] the one that reads all columns
/// @param steps what decides which rows there are, in order from below: filters, watermarks and windows, over the columns of `base`
/// @param columns each column of the node, over those of `base`
record Peeled(PlanNode base, List<Expression> steps, List<Expression> columns) {
    /// The columns that a window appends, as calls of its time that no query can write.
    private static final String START = "(start of window)";
    private static final String END = "(end of window)";
    private static final String WINDOW = "(in windows)";
    private static final String WATERMARK = "(watermark)";

    static Peeled of(PlanNode node) {
        return switch (node) {
            case Project project -> {
                Peeled below = of(project.input());
                yield new Peeled(below.base, below.steps,
                        project.expressions().stream().map(below::resolve).toList());
            }
            case Filter filter -> {
                Peeled below = of(filter.input());
                yield below.with(below.resolve(filter.condition()), below.columns);
            }
            case Watermark watermark -> {
                Peeled below = of(watermark.input());
                yield below.with(call(WATERMARK, below.columns.get(watermark.column()), watermark.delayMicros()),
                        below.columns);
            }
            case WindowAssign window -> {
                Peeled below = of(window.input());
                List<Expression> columns = new ArrayList<>(below.columns);
                Expression time = below.resolve(window.time());
                columns.add(windowCall(START, window, time));
                columns.add(windowCall(END, window, time));
                yield below.with(windowCall(WINDOW, window, time), columns);
            }
            case Exchange exchange -> of(exchange.input());
            case Scan scan -> {
                List<Integer> all = IntStream.range(0, scan.table().schema().size()).boxed().toList();
                yield new Peeled(new Scan(scan.table(), all, scan.table().schema()), List.of(),
                        scan.columns().stream()
                                .map(column -> (Expression) Expressions.input(scan.table().schema(), column)).toList());
            }
            default -> new Peeled(node, List.of(), Expressions.inputs(node.schema())); // a rule: what keeps anything is a base
        };
    }

    private Peeled with(Expression step, List<Expression> with) {
        List<Expression> more = new ArrayList<>(steps);
        more.add(step);
        return new Peeled(base, List.copyOf(more), List.copyOf(with));
    }

    private Expression resolve(Expression expression) {
        return Expressions.replaceInputs(expression,
                input -> input instanceof Input(int column, _, _) ? columns.get(column) : input);
    }

    private static Expression call(String name, Expression of, long... parameters) {
        List<Expression> arguments = new ArrayList<>(List.of(of));
        for (long each : parameters) {
            arguments.add(new Literal(each, Simple.BIGINT));
        }
        return new Call(name, arguments, Simple.TIMESTAMP, true);
    }

    private static Expression windowCall(String name, WindowAssign window, Expression time) {
        return call(name, time, window.size(), window.slide(), window.offset(), window.cumulative() ? 1 : 0);
    }

    /// Of a window's start its end, and the other way round: both of one window, for it has a length of its own. Not of
    /// cumulative windows.
    static Optional<Expression> otherBound(Expression column) {
        if (column instanceof Call(String name, List<Expression> parts, DataType type, boolean nullable)
                && (name.equals(START) || name.equals(END)) && !new Window(parts).isCumulative()) {
            return Optional.of(new Call(name.equals(START) ? END : START, parts, type, nullable));
        }
        return Optional.empty();
    }

    /// Whether both hold the same rows, of whichever columns.
    boolean hasRowsOf(Peeled other) {
        return steps.equals(other.steps) && isOver(other);
    }

    /// The windows that the other's rows are put in and these are not, where that is the only difference.
    Optional<Window> windowsIn(Peeled other) {
        if (other.steps.size() != steps.size() + 1 || !other.steps.subList(0, steps.size()).equals(steps)
                || !isOver(other)) {
            return Optional.empty();
        }
        return other.steps.getLast() instanceof Call(String name, List<Expression> parts, _, _) && name.equals(WINDOW)
                ? Optional.of(new Window(parts))
                : Optional.empty();
    }

    private boolean isOver(Peeled other) {
        return base.equals(other.base) && isSteady(base) && steps.stream().allMatch(Peeled::isSteady)
                && other.columns.stream().allMatch(Peeled::isSteady) && columns.stream().allMatch(Peeled::isSteady);
    }

    private static boolean isSteady(Expression expression) {
        return switch (expression) {
            case Call(String name, List<Expression> parts, _, _) when name.startsWith("(") ->
                    parts.stream().allMatch(Peeled::isSteady);
            default -> Expressions.isDeterministic(expression);
        };
    }

    /// Whether two mentions of a node give the same rows: neither chance nor the clock has a say in it, nor a loop around it.
    private static boolean isSteady(PlanNode node) {
        return !(node instanceof PlanNode.Lives) && !ShareNodes.drawsAnywhere(node) && !ShareNodes.numbersRows(node)
                && !RecursiveUnion.isInLoop(node);
    }

    /// Windows that rows are put in.
    ///
    /// @param parts the time, size, slide, offset, and whether they are cumulative
    record Window(List<Expression> parts) {
        Expression time() {
            return parts.getFirst();
        }

        long size() {
            return number(1);
        }

        long offset() {
            return number(3);
        }

        /// Whether each time is in one of them.
        boolean isTumbling() {
            return size() == number(2) && !isCumulative();
        }

        boolean isCumulative() {
            return number(4) != 0;
        }

        private long number(int part) {
            return parts.get(part) instanceof Literal(Object value, _) && value instanceof Long number ? number : 0;
        }

        boolean isStart(Expression column) {
            return isOf(column, START);
        }

        boolean isEnd(Expression column) {
            return isOf(column, END);
        }

        private boolean isOf(Expression column, String name) {
            return column instanceof Call(String function, List<Expression> of, _, _) && function.equals(name)
                    && of.equals(parts);
        }
    }
}
