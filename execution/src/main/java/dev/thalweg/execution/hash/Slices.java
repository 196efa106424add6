package dev.thalweg.execution.hash;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Column;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.Memory;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;

/// STRING and BINARY columns that say where each text lies instead of holding it: 16 bytes a row, address and length.
///
/// Only a stage makes them, and only for an operator that asked for them because it needs a text just to look it up. The
/// texts live as long as the call that hands the batch over; whoever keeps one longer copies it.
public final class Slices {
    private static final int BYTES = 16;

    private Slices() {}

    /// A column of `rows` rows that are all there, to be written at its data address.
    public static FieldVector newVector(Field field, int rows, BufferAllocator allocator) {
        FixedSizeBinaryVector vector = new FixedSizeBinaryVector(field.name(), allocator, BYTES);
        RawVectors.allocate(vector, rows);
        return vector;
    }

    /// Whether a STRING or BINARY column holds slices.
    public static boolean isMadeOf(FieldVector vector) {
        return vector instanceof FixedSizeBinaryVector;
    }

    public static void put(long data, int row, long address, int length) {
        long at = data + ((long) row << 4);
        Memory.putLong(at, address);
        Memory.putLong(at + 8, length);
    }

    /// The batch with texts of its own in place of slices. Takes over the caller's reference.
    public static Batch copied(Batch batch, BufferAllocator allocator) {
        List<Column> columns = new ArrayList<>();
        try (NewColumns added = new NewColumns(allocator)) {
            for (int i = 0; i < batch.columnCount(); i++) {
                Column column = batch.column(i);
                if (!batch.type().type(i).isFixedWidth() && column instanceof Column.Plain(FieldVector slices)
                        && isMadeOf(slices)) {
                    FieldVector texts = added.add(batch.type().field(i));
                    copy(slices, texts, batch);
                    columns.add(Column.of(texts));
                } else {
                    columns.add(column);
                }
            }
            return added.size() == 0 ? batch : batch.extend(batch.type(), columns, added.take());
        } catch (RuntimeException e) {
            batch.close(); // the texts may not fit into the memory
            throw e;
        }
    }

    private static void copy(FieldVector slices, FieldVector texts, Batch batch) {
        long data = slices.getDataBufferAddress();
        BitSet shown = shown(slices, batch);
        long bytes = 0;
        int rows = batch.vectorRows();
        for (int row = shown.nextSetBit(0); row >= 0; row = shown.nextSetBit(row + 1)) {
            bytes += length(data, row);
        }
        RawVectors.allocate(texts, rows, bytes);
        int end = 0;
        for (int row = 0; row < rows; row++) {
            if (shown.get(row)) {
                Memory.copyFew(address(data, row), texts.getDataBufferAddress() + end, length(data, row));
                end += length(data, row);
            } else {
                RawVectors.setNull(texts, row);
            }
            Memory.putInt(texts.getOffsetBufferAddress() + 4L * (row + 1), end);
        }
        RawVectors.finish(texts, rows);
    }

    /// The physical rows that have a text: those not selected were never written.
    private static BitSet shown(FieldVector slices, Batch batch) {
        BitSet shown = new BitSet(batch.vectorRows());
        int[] selection = batch.selection();
        if (selection == null) {
            shown.set(0, batch.vectorRows());
        } else {
            for (int i = 0; i < batch.rowCount(); i++) {
                shown.set(selection[i]);
            }
        }
        if (slices.getNullCount() > 0) {
            long validity = slices.getValidityBufferAddress();
            for (int row = shown.nextSetBit(0); row >= 0; row = shown.nextSetBit(row + 1)) {
                shown.set(row, Memory.getBit(validity, row));
            }
        }
        return shown;
    }

    static long address(long data, int row) {
        return Memory.getLong(data + ((long) row << 4));
    }

    static int length(long data, int row) {
        return Memory.getInt(data + ((long) row << 4) + 8);
    }
}
