package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.spi.data.DataType;
import org.jspecify.annotations.Nullable;

/// A sketch made of all values of a group: what a sketch has taken in cannot be taken back.
final class SketchOfAll implements GroupFunction {
    private final SketchKind kind;
    private final DataType type;
    private Sketch sketch;

    SketchOfAll(SketchKind kind, DataType type) {
        this.kind = kind;
        this.type = type;
        this.sketch = kind.empty();
    }

    @Override
    public boolean visit(long order, int orderLength, int bytes, long weight) {
        sketch.add(SortedValue.read(type, order, orderLength), weight);
        return true;
    }

    @Override
    public @Nullable Object result() {
        Object result = sketch.result();
        sketch = kind.empty();
        return result;
    }

    @Override
    public @Nullable Object ofNothing() {
        return kind.empty().result();
    }
}
