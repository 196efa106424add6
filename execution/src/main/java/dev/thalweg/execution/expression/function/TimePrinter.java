package dev.thalweg.execution.expression.function;

import dev.thalweg.execution.expression.EvaluationContext;
import java.time.LocalDate;

/// Prints times by a pattern, and remembers the last text for as long as the pattern would print it again: rows that lie
/// close in time share a day, an hour or a minute.
final class TimePrinter {
    private final DateTimePattern pattern;
    private final long unitMicros;
    private String text = "";
    // wall-clock times of the same text; none at first
    private long from = 1;
    private long until;

    TimePrinter(String pattern) {
        this.pattern = DateTimePattern.forPrinting(pattern);
        this.unitMicros = DateTimePattern.printedUnitMicros(pattern);
    }

    String print(EvaluationContext context, long instant) {
        long local = context.localMicros(instant);
        if (local < from || local >= until) {
            text = pattern.print(local, context.zone(), instant);
            from = unitMicros == 0 ? local : Math.floorDiv(local, unitMicros) * unitMicros;
            until = from + unitMicros;
        }
        return text;
    }

    String print(LocalDate date) {
        return pattern.print(date);
    }
}
