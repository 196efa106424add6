package dev.thalweg.execution;

import dev.thalweg.spi.data.ArrowTypes;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Coded;
import dev.thalweg.spi.data.CodedNumber;
import dev.thalweg.spi.data.CodedText;
import dev.thalweg.spi.data.Column;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.NumberDictionary;
import dev.thalweg.spi.data.TextDictionary;
import dev.thalweg.spi.data.VectorValues;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;

/// A batch whose texts and numbers are codes, as a Parquet file or a join with a table gives them.
///
/// The dictionaries are none that a good writer makes: some values are there twice, one is used by no row, and each batch has
/// its own.
public final class CodedBatch {
    private static final BufferAllocator NO_MEMORY = new RootAllocator(0);

    private CodedBatch() {}

    /// The same rows. Takes over the batch.
    public static Batch of(Batch batch, Random random, BufferAllocator allocator) {
        List<Column> columns = new ArrayList<>();
        List<Column> added = new ArrayList<>();
        for (int i = 0; i < batch.columnCount(); i++) {
            Field field = batch.type().field(i);
            if (isCoded(field.type())) {
                added.add(coded(batch.vector(i), field, batch.vectorRows(), random, allocator));
                columns.add(added.getLast());
            } else {
                columns.add(batch.column(i));
            }
        }
        return batch.extend(batch.type(), columns, added);
    }

    private static boolean isCoded(DataType type) {
        return type == Simple.STRING || type == Simple.BINARY
                || (ArrowTypes.newVector(Field.of("c", type), NO_MEMORY) instanceof BaseFixedWidthVector vector
                        && (vector.getTypeWidth() == 4 || vector.getTypeWidth() == 8));
    }

    private static Coded coded(FieldVector from, Field field, int rows, Random random, BufferAllocator allocator) {
        FieldVector values = ArrowTypes.newVector(field, allocator);
        Map<Object, Integer> known = new HashMap<>();
        int[] codes = new int[rows];
        values.allocateNew();
        int size = 0;
        if (values instanceof BaseVariableWidthVector texts) {
            texts.setSafe(size++, "of no row".getBytes(StandardCharsets.UTF_8));
        }
        boolean hasNulls = false;
        for (int row = 0; row < rows; row++) {
            Object value = VectorValues.get(from, row, field.type());
            hasNulls |= value == null;
            Object key = value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value;
            if (value == null) {
                codes[row] = Coded.NULL;
            } else if (known.containsKey(key) && random.nextInt(8) > 0) {
                codes[row] = known.get(key);
            } else {
                VectorValues.set(values, size, field.type(), value);
                known.put(key, size);
                codes[row] = size++;
            }
        }
        values.setValueCount(size);
        return values instanceof BaseVariableWidthVector texts
                ? new CodedText(codes, rows, hasNulls, TextDictionary.of(texts))
                : new CodedNumber(codes, rows, hasNulls, new NumberDictionary((BaseFixedWidthVector) values));
    }
}
