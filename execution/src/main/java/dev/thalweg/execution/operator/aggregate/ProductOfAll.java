package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.spi.data.DataType;
import org.jspecify.annotations.Nullable;

/// `product` from all values of a group: what has been multiplied cannot be divided out again, and 0 never.
final class ProductOfAll implements GroupFunction {
    private final DataType type;
    private double product = 1;
    private boolean any;

    ProductOfAll(DataType type) {
        this.type = type;
    }

    @Override
    public boolean visit(long order, int orderLength, int bytes, long weight) {
        double value = SortedValue.number(type, order);
        product *= weight == 1 ? value : Math.pow(value, weight);
        any = true;
        return true;
    }

    @Override
    public @Nullable Object result() {
        Object result = any ? (Object) product : null;
        product = 1;
        any = false;
        return result;
    }
}
