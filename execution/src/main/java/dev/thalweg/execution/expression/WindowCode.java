package dev.thalweg.execution.expression;

import dev.thalweg.execution.operator.Panes;
import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.Expression.Input;
import dev.thalweg.planner.incremental.PlanNode.WindowAssign;
import dev.thalweg.spi.data.DataType.Simple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Generates the loop over the windows that hold a row, or, where the operator that the stage feeds wants it, finds the pane
/// that stands for all of them.
final class WindowCode {
    private final JavaSource java;
    private final ExpressionCode code;
    private final RowVariables variables;
    private final Consumer<String> drop;
    /// The ends of the first and the last window of the row's pane.
    private String firstEnd = "";
    private String lastEnd = "";

    /// @param drop leaves a row out where a condition holds
    WindowCode(JavaSource java, ExpressionCode code, RowVariables variables, Consumer<String> drop) {
        this.java = java;
        this.code = code;
        this.variables = variables;
        this.drop = drop;
    }

    /// Which windows are assigned.
    ///
    /// @param panes into which the windows are cut
    /// @param once the time is the same for all rows of a batch
    record Assigned(WindowAssign window, Optional<Panes> panes, boolean once) {}

    /// @param inner writes what is done with the row in each window, given its columns
    void of(Assigned assigned, List<Expression> row, Consumer<List<Expression>> inner) {
        WindowAssign window = assigned.window();
        Optional<Panes> panes = assigned.panes();
        Value time = code.of(Shape.substitute(window.time(), row));
        if (!time.isNeverNull()) {
            drop.accept(time.isNull());
        }
        java.comment("window(" + code.text(Shape.substitute(window.time(), row)) + ")");
        long reach = Math.addExact(window.size(), window.slide());
        if (panes.isPresent()) {
            String pane = pane(panes.get(), time, reach);
            inner.accept(withBounds(row, pane, pane));
            return;
        }
        if (window.cumulative()) {
            cumulate(window, time, reach, row, inner);
            return;
        }
        String lastStart = lastStart(time.code(), window.slide(), window.offset(), reach);
        if (window.size() <= window.slide()) {
            String last = assigned.once() ? computedOnce(lastStart) : java.declare("long", "lastStart", lastStart);
            if (window.size() < window.slide()) {
                drop.accept(time.code() + " - " + last + " >= " + window.size() + "L"); // between two windows
            }
            inner.accept(withWindow(window, row, last));
            return;
        }
        String last = java.declare("long", "lastStart", lastStart);
        loop(window, time, last, start -> inner.accept(withWindow(window, row, start)));
    }

    /// Computed with the first row that goes out, and kept.
    private String computedOnce(String lastStart) {
        if (java.isSplit()) {
            return java.declare("long", "lastStart", lastStart);
        }
        String last = java.fresh("lastStart");
        variables.addHeader("long", last, "0");
        java.line("if (out == 0) " + last + " = " + lastStart + ";");
        return last;
    }

    private void loop(WindowAssign window, Value time, String last, Consumer<String> inner) {
        String start = java.fresh("start");
        if (java.isSplit()) {
            java.field("private long " + start + ";");
        }
        long earliest = (window.size() + window.slide() - 1) / window.slide() * window.slide() - window.slide();
        java.open("for (%s%s = %s - %dL; %s <= %s; %s += %dL)".formatted(java.isSplit() ? "" : "long ", start, last,
                earliest, start, last, start, window.slide()));
        code.inBranch(() -> {
            drop.accept(time.code() + " - " + start + " >= " + window.size() + "L");
            inner.accept(start);
            return true;
        });
        java.close();
    }

    /// Windows with one start, which end a step later each.
    private void cumulate(WindowAssign window, Value time, long reach, List<Expression> row,
            Consumer<List<Expression>> inner) {
        String start = java.declare("long", "windowStart",
                lastStart(time.code(), window.size(), window.offset(), reach));
        String end = java.fresh("end");
        if (java.isSplit()) {
            java.field("private long " + end + ";");
        }
        java.open("for (%s%s = %s + ((%s - %s) / %dL + 1L) * %dL; %s <= %s + %dL; %s += %dL)".formatted(
                java.isSplit() ? "" : "long ", end, start, time.code(), start, window.slide(), window.slide(), end,
                start, window.size(), end, window.slide()));
        code.inBranch(() -> {
            inner.accept(withBounds(row, start, end));
            return true;
        });
        java.close();
    }

    /// The row's pane, of whose windows only the ends of the first and the last are asked for here.
    private String pane(Panes panes, Value time, long reach) {
        String pane = java.declare("long", "pane", lastStart(time.code(), panes.width(), panes.offset(), reach));
        String last = panes.width() == panes.slide()
                ? pane
                : java.declare("long", "lastStart", lastStart(pane, panes.slide(), panes.offset(), 0));
        lastEnd = last + " + " + panes.size() + "L";
        firstEnd = "%s - (%dL - (%s - %s)) / %dL * %dL".formatted(lastEnd, panes.size() - 1, pane, last,
                panes.slide(), panes.slide());
        return pane;
    }

    private static String lastStart(String time, long slide, long offset, long reach) {
        return "Windows.lastStart(%s, %dL, %dL, %dL)".formatted(time, slide, offset, reach);
    }

    private List<Expression> withWindow(WindowAssign window, List<Expression> row, String start) {
        return withBounds(row, start, java.declare("long", "windowEnd", start + " + " + window.size() + "L"));
    }

    private List<Expression> withBounds(List<Expression> row, String start, String end) {
        List<Expression> more = new ArrayList<>(row);
        more.add(known("window.start", start));
        more.add(known("window.end", end));
        return more;
    }

    private Input known(String name, String variable) {
        Input leaf = variables.define(name, new Expression.Literal(null, Simple.TIMESTAMP));
        code.scope().put(leaf, new Value(variable, Value.NEVER, Kind.of(Simple.TIMESTAMP)));
        return leaf;
    }

    /// A row is late when the first window of its pane refuses it, and left out when the last one does.
    void refuseLateByPane() {
        java.open("if (watermark != Long.MIN_VALUE && " + firstEnd + " <= watermark)");
        java.line("late(row);");
        java.line("if (" + lastEnd + " <= watermark) continue;");
        java.close();
    }
}
