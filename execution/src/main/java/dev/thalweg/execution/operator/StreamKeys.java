package dev.thalweg.execution.operator;

import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.CodeDictionary;
import dev.thalweg.spi.data.Coded;
import dev.thalweg.spi.data.RowType;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/// Finds the keys of a stream's rows in a [JoinTable]. Where the key is one coded column, each value is looked up once, when a row
/// first has it.
///
/// State: 4 bytes a value of the dictionary at hand, of a large one none. **Cost** one probe a row, or a value. **Thread** one task.
final class StreamKeys implements AutoCloseable {
    /// Of a value that no row has had yet.
    private static final int UNKNOWN = -2;
    /// Values of larger dictionaries most likely come once or twice each.
    private static final int VALUES_MAX = 1 << 16;

    private final JoinTable table;
    private final List<Integer> columns;
    private final KeyEncoder encoder;
    private final KeyEncoder valueEncoder;
    private final RowType valueType;
    private @Nullable CodeDictionary dictionary;
    /// The number of each value's key in the table.
    private int[] idOfCode = new int[0];

    /// @param columns of the stream that make the key
    StreamKeys(JoinTable table, RowType stream, List<Integer> columns, BufferAllocator allocator) {
        this.table = table;
        this.columns = columns;
        this.encoder = KeyEncoder.of(stream, columns, allocator);
        this.valueType = stream.select(columns);
        this.valueEncoder = columns.size() == 1 ? KeyEncoder.of(valueType, List.of(0), allocator) : encoder;
    }

    /// The number of each row's key, or [JoinTable#NONE].
    ///
    /// @param physical of the batch's rows
    void find(Batch batch, int[] physical, int[] ids) {
        if (columns.size() == 1 && batch.column(columns.getFirst()) instanceof Coded coded
                && coded.dictionary().size() <= VALUES_MAX) {
            findByCode(coded, physical, batch.rowCount(), ids);
        } else {
            table.find(encoder.encode(batch), ids);
            JoinTable.dropNullKeys(batch, columns, physical, ids);
        }
    }

    private void findByCode(Coded column, int[] physical, int count, int[] ids) {
        begin(column.dictionary());
        if (!findKnown(column.codes(), physical, count, ids)) {
            lookUp(column, physical, count);
            findKnown(column.codes(), physical, count, ids);
        }
    }

    private void begin(CodeDictionary next) {
        if (dictionary != next) {
            dictionary = next;
            idOfCode = new int[next.size()];
            Arrays.fill(idOfCode, UNKNOWN);
        }
    }

    /// Whether all were known.
    private boolean findKnown(int[] codes, int[] physical, int count, int[] ids) {
        int least = 0;
        for (int i = 0; i < count; i++) {
            int code = codes[physical[i]];
            int id = code < 0 ? JoinTable.NONE : idOfCode[code];
            ids[i] = id;
            least = Math.min(least, id);
        }
        return least != UNKNOWN;
    }

    private void lookUp(Coded column, int[] physical, int count) {
        int[] unknown = new int[Math.min(count, idOfCode.length)];
        int many = 0;
        for (int i = 0; i < count; i++) {
            int code = column.codes()[physical[i]];
            if (code >= 0 && idOfCode[code] == UNKNOWN) {
                idOfCode[code] = JoinTable.NONE;
                unknown[many++] = code;
            }
        }
        int[] found = new int[many];
        FieldVector values = column.dictionary().values();
        Batch all = Batch.of(valueType, List.of(values), column.dictionary().size()); // not closed: the values are the dictionary's
        table.find(valueEncoder.encode(all, unknown, many), found);
        for (int i = 0; i < many; i++) {
            idOfCode[unknown[i]] = found[i];
        }
    }

    @Override
    public void close() {
        encoder.close();
        if (valueEncoder != encoder) {
            valueEncoder.close();
        }
    }
}
