package dev.thalweg.expressions;

import dev.thalweg.Column;
import dev.thalweg.functions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Which rows meet, in which order, and which of them a function sees; [Window] makes one.
public final class WindowSpec {
    static final WindowSpec EMPTY = new WindowSpec(List.of(), List.of(), Optional.empty());

    private final List<Column> partition;
    private final List<Column> order;
    private final Optional<Frame> frame;

    /// A frame, both ends included; a negative end lies before the row.
    ///
    /// @param rows whether rows are counted; else the values of the ordering column
    public record Frame(boolean rows, long start, long end) {}

    private WindowSpec(List<Column> partition, List<Column> order, Optional<Frame> frame) {
        this.partition = List.copyOf(partition);
        this.order = List.copyOf(order);
        this.frame = frame;
    }

    public WindowSpec partitionBy(Column... columns) {
        return new WindowSpec(Arrays.asList(columns), order, frame);
    }

    public WindowSpec partitionBy(String first, String... more) {
        return partitionBy(named(first, more));
    }

    public WindowSpec orderBy(Column... columns) {
        return new WindowSpec(partition, Arrays.asList(columns), frame);
    }

    public WindowSpec orderBy(String first, String... more) {
        return orderBy(named(first, more));
    }

    private static Column[] named(String first, String... more) {
        return Stream.concat(Stream.of(first), Arrays.stream(more)).map(functions::col).toArray(Column[]::new);
    }

    /// So many rows before (negative) and after the row, such as `rowsBetween(-2, Window.currentRow)`.
    public WindowSpec rowsBetween(long start, long end) {
        return new WindowSpec(partition, order, Optional.of(new Frame(true, start, end)));
    }

    /// Rows whose ordering column differs by no more.
    public WindowSpec rangeBetween(long start, long end) {
        return new WindowSpec(partition, order, Optional.of(new Frame(false, start, end)));
    }

    public List<Column> partition() {
        return partition;
    }

    public List<Column> order() {
        return order;
    }

    /// Empty for the default: all rows up to those equal to the row, or the whole partition where there is no order.
    public Optional<Frame> frame() {
        return frame;
    }
}
