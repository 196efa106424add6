package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `histogram_numeric`: bins of a group's values, each a centre and how many values it stands for. Values come in order, so
/// that the bins do not depend on the order of arrival.
///
/// **Source** Y. Ben-Haim and E. Tom-Tov, A Streaming Parallel Decision Tree Algorithm, 2010.
final class Histogram implements GroupFunction {
    private final DataType type;
    private final int binsMax;
    private final List<Bin> bins = new ArrayList<>();

    private record Bin(double centre, double values) {}

    Histogram(DataType type, int binsMax) {
        this.type = type;
        this.binsMax = binsMax;
    }

    @Override
    public boolean visit(long order, int orderLength, int bytes, long weight) {
        bins.add(new Bin(SortedValue.number(type, order), weight));
        if (bins.size() > binsMax) {
            mergeNearest();
        }
        return true;
    }

    private void mergeNearest() {
        int nearest = 0;
        double distance = Double.POSITIVE_INFINITY;
        for (int i = 0; i + 1 < bins.size(); i++) {
            double between = bins.get(i + 1).centre() - bins.get(i).centre();
            if (between < distance) {
                distance = between;
                nearest = i;
            }
        }
        Bin left = bins.get(nearest);
        Bin right = bins.remove(nearest + 1);
        double values = left.values() + right.values();
        double centre = (left.centre() * left.values() + right.centre() * right.values()) / values;
        bins.set(nearest, new Bin(centre, values));
    }

    @Override
    public @Nullable Object result() {
        if (bins.isEmpty()) {
            return null;
        }
        List<List<Object>> result = new ArrayList<>();
        bins.forEach(bin -> result.add(List.of(centre(bin.centre()), bin.values())));
        bins.clear();
        return result;
    }

    private Object centre(double centre) {
        return switch ((Simple) type) {
            case TINYINT -> (byte) centre;
            case SMALLINT -> (short) centre;
            case INT, DATE, INTERVAL_YEAR_MONTH -> (int) centre;
            case BIGINT, TIMESTAMP, TIMESTAMP_NTZ, TIME, INTERVAL_DAY_TIME -> (long) centre;
            case FLOAT -> (float) centre;
            case DOUBLE -> centre;
            case BOOLEAN, STRING, BINARY, VOID -> throw new IllegalArgumentException(type.sql());
        };
    }
}
