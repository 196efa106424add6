package dev.thalweg.execution;

import dev.thalweg.spi.data.ArrowTypes;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.CodedText;
import dev.thalweg.spi.data.Column;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
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
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;

/// A batch whose texts are codes, as a Parquet file or a join with a table gives them.
///
/// The dictionaries are none that a good writer makes: some texts are there twice, one is used by no row, and each batch has
/// its own.
public final class CodedBatch {
    private CodedBatch() {}

    /// The same rows. Takes over the batch.
    public static Batch of(Batch batch, Random random, BufferAllocator allocator) {
        List<Column> columns = new ArrayList<>();
        List<Column> added = new ArrayList<>();
        for (int i = 0; i < batch.columnCount(); i++) {
            Field field = batch.type().field(i);
            if (field.type() == Simple.STRING || field.type() == Simple.BINARY) {
                added.add(coded(batch.vector(i), field, batch.vectorRows(), random, allocator));
                columns.add(added.getLast());
            } else {
                columns.add(batch.column(i));
            }
        }
        return batch.extend(batch.type(), columns, added);
    }

    private static CodedText coded(FieldVector from, Field field, int rows, Random random, BufferAllocator allocator) {
        BaseVariableWidthVector texts = (BaseVariableWidthVector) ArrowTypes.newVector(field, allocator);
        Map<Object, Integer> known = new HashMap<>();
        int[] codes = new int[rows];
        texts.allocateNew();
        int size = 0;
        texts.setSafe(size++, "of no row".getBytes(StandardCharsets.UTF_8));
        boolean hasNulls = false;
        for (int row = 0; row < rows; row++) {
            Object value = VectorValues.get(from, row, field.type());
            hasNulls |= value == null;
            Object key = value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value;
            if (value == null) {
                codes[row] = CodedText.NULL;
            } else if (known.containsKey(key) && random.nextInt(8) > 0) {
                codes[row] = known.get(key);
            } else {
                VectorValues.set(texts, size, field.type(), value);
                known.put(key, size);
                codes[row] = size++;
            }
        }
        texts.setValueCount(size);
        return new CodedText(codes, rows, hasNulls, TextDictionary.of(texts));
    }
}
