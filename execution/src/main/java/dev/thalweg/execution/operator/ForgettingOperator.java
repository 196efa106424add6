package dev.thalweg.execution.operator;

import dev.thalweg.spi.data.Batch;
import java.util.List;

/// An operator whose keys have a time to live: it forgets those that no row has reached for that long, by the clock of the
/// triggers, and the next row of such a key finds it as if it had never been there.
///
/// Changes: those of the operator. Where it may take rows back, it takes back what it gave of a key that is forgotten; rows
/// that are final stay.
final class ForgettingOperator implements Operator {
    private final Operator operator;
    private final UsedKeys keys;
    private final boolean takesBack;
    private final List<Boolean> areTables;

    /// @param operator whose tables are of `keys`; taken over
    /// @param keys taken over
    /// @param takesBack whether the operator's rows may be taken back
    /// @param areTables of each input whether its rows come once: their keys live for ever
    ForgettingOperator(Operator operator, UsedKeys keys, boolean takesBack, List<Boolean> areTables) {
        this.operator = operator;
        this.keys = keys;
        this.takesBack = takesBack;
        this.areTables = List.copyOf(areTables);
    }

    @Override
    public void push(int input, Batch batch, Downstream out) {
        keys.keepForEver(areTables.get(input));
        operator.push(input, batch, out);
    }

    @Override
    public void advance(Watermark watermark, Downstream out) {
        if (operator instanceof Forgetful forgetful) {
            forgetful.advance(watermark, out);
            forgetful.forget(keys, out);
            return;
        }
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
