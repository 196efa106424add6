package dev.thalweg.execution.operator;

import dev.thalweg.spi.data.Batch;

/// An operator whose keys have a time to live: it forgets those that no row has reached for that long, by the clock of the
/// triggers, and the next row of such a key finds it as if it had never been there.
///
/// Changes: those of the operator. Where it may take rows back, it takes back what it gave of a key that is forgotten; rows
/// that are final stay.
final class ForgettingOperator implements Operator {
    private final Operator operator;
    private final UsedKeys keys;
    private final boolean takesBack;

    /// @param operator whose tables are of `keys`; taken over
    /// @param keys taken over
    /// @param takesBack whether the operator's rows may be taken back
    ForgettingOperator(Operator operator, UsedKeys keys, boolean takesBack) {
        this.operator = operator;
        this.keys = keys;
        this.takesBack = takesBack;
    }

    @Override
    public void push(int input, Batch batch, Downstream out) {
        operator.push(input, batch, out);
    }

    @Override
    public void advance(Watermark watermark, Downstream out) {
        if (takesBack) {
            keys.remove(); // the operator sees entries that are gone, and takes back what it gave of them
        }
        operator.advance(watermark, out);
        if (!takesBack) {
            keys.remove();
        }
    }

    @Override
    public long dueMicros() {
        return Math.min(operator.dueMicros(), keys.dueMicros());
    }

    @Override
    public void close() {
        operator.close();
        keys.close();
    }
}
