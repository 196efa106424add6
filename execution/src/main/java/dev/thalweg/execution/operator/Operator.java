package dev.thalweg.execution.operator;

import dev.thalweg.spi.data.Batch;

/// One node of the plan, in one task.
///
/// A trigger calls [#push] for every batch of every input and then [#advance] once, when all inputs have advanced. Rows
/// that arrive are judged by the watermark of the trigger before (W); `advance` brings the new one (W'), emits the
/// trigger's net changes and what became final, and frees what W' has overtaken. Both orders are DESIGN §1.
///
/// **Thread** one task.
public interface Operator extends AutoCloseable {
    /// Takes rows of the trigger that runs, judged by W.
    ///
    /// @param input which input of the node the batch comes from
    /// @param batch taken over: the operator closes it or passes it on
    void push(int input, Batch batch, Downstream out);

    /// Takes the new watermark after all rows of the trigger: emits what became final, and frees it.
    ///
    /// @param watermark W' of the node's input edge
    void advance(Watermark watermark, Downstream out);

    /// At which clock the operator has something to do though no row comes, in microseconds; `Long.MAX_VALUE`: at none. Between
    /// triggers.
    default long dueMicros() {
        return Long.MAX_VALUE;
    }

    @Override
    void close();
}
