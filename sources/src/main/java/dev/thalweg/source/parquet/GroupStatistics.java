package dev.thalweg.source.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.source.parquet.SchemaNode.Physical;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.source.ColumnRange;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/// Tells from the footer's statistics whether a row group can have a row that a plan asks for.
///
/// Where nothing is known, or something that cannot be, the answer is that it can.
///
/// @param shapes of the columns that are wanted
/// @param textsInOrder whether the bounds of texts are in the order of their bytes
record GroupStatistics(List<Shape> shapes, boolean textsInOrder) {
    /// Whether a row may be in all of the ranges.
    boolean mayMeet(List<ColumnRange> ranges, ParquetFile.RowGroup group) {
        return ranges.stream().allMatch(range -> mayMeet(range, group));
    }

    private boolean mayMeet(ColumnRange range, ParquetFile.RowGroup group) {
        if (!(shapes.get(range.column()) instanceof Shape.Value value) || value.leaf().repeats() > 0) {
            return true;
        }
        ColumnChunk chunk = group.chunks().get(value.leaf().column());
        ChunkStatistics statistics = chunk.statistics();
        if (chunk.values() > 0 && statistics.nulls().equals(OptionalLong.of(chunk.values()))) {
            return false; // no NULL is in a range
        }
        if (!statistics.hasBounds() || !(value.field().type() instanceof Simple type)) {
            return true;
        }
        return switch (type) {
            case TINYINT, SMALLINT, INT, BIGINT, DATE, TIMESTAMP, TIMESTAMP_NTZ, TIME -> overlaps(range,
                    number(statistics.min(), value), number(statistics.max(), value));
            case STRING -> !textsInOrder || overlaps(range, statistics.min(), statistics.max());
            case BOOLEAN, FLOAT, DOUBLE, BINARY, INTERVAL_DAY_TIME, INTERVAL_YEAR_MONTH, VOID -> true;
        };
    }

    private static boolean overlaps(ColumnRange range, OptionalLong min, OptionalLong max) {
        if (min.isEmpty() || max.isEmpty() || min.getAsLong() > max.getAsLong()) {
            return true;
        }
        return range.min().stream().allMatch(least -> max.getAsLong() >= (Long) least)
                && range.max().stream().allMatch(most -> min.getAsLong() <= (Long) most);
    }

    private static boolean overlaps(ColumnRange range, byte[] min, byte[] max) {
        if (Arrays.compareUnsigned(min, max) > 0) {
            return true;
        }
        return range.min().stream().allMatch(least -> Arrays.compareUnsigned(max, bytes(least)) >= 0)
                && range.max().stream().allMatch(most -> Arrays.compareUnsigned(min, bytes(most)) <= 0);
    }

    private static byte[] bytes(Object text) {
        return ((String) text).getBytes(UTF_8);
    }

    /// A bound as the vector would have it: in the units of the column's type, which keeps the order.
    private static OptionalLong number(byte[] bound, Shape.Value value) {
        boolean ordered = value.leaf().physical() == Physical.INT32 || value.leaf().physical() == Physical.INT64;
        if (!ordered || !(value.form() instanceof ValueForm.Fixed form) || bound.length != form.from()) {
            return OptionalLong.empty();
        }
        try (Arena arena = Arena.ofConfined()) {
            long from = arena.allocate(2L * Long.BYTES, Long.BYTES).address();
            long to = from + Long.BYTES;
            Memory.copy(bound, 0, from, bound.length);
            form.kernel().convert(from, to, 1);
            return switch (form.to()) {
                case 1 -> OptionalLong.of(Memory.getByte(to));
                case 2 -> OptionalLong.of(Memory.getShort(to));
                case 4 -> OptionalLong.of(Memory.getInt(to));
                case 8 -> OptionalLong.of(Memory.getLong(to));
                default -> OptionalLong.empty();
            };
        } catch (DamagedFile _) { // a time that is out of range: of no use as a bound
            return OptionalLong.empty();
        }
    }
}
