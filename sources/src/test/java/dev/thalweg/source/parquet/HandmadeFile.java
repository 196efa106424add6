package dev.thalweg.source.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A Parquet file of one row group with one column `t`, of STRING if no other is wanted, page by page as a test wants it: what no
/// writer at hand writes, such as one that gives its dictionary up half way.
final class HandmadeFile {
    private static final int I32 = 5, I64 = 6, TEXT = 8, LIST = 9, STRUCT = 12;

    private final Bytes file = new Bytes();
    private final List<String> dictionary;
    private final long dictionaryAt;
    private int physicalType = 6;
    private int convertedType;
    private long dataAt;
    private int rows;

    /// Thrift's compact protocol, as far as it is needed.
    private static final class Bytes extends ByteArrayOutputStream {
        private int field;

        Bytes varint(long value) {
            long left = value;
            for (; (left & ~0x7FL) != 0; left >>>= 7) {
                write((int) ((left & 0x7F) | 0x80));
            }
            write((int) left);
            return this;
        }

        Bytes number(int id, int type, long value) {
            return begin(id, type).varint((value << 1) ^ (value >> 63));
        }

        Bytes text(int id, String value) {
            return begin(id, TEXT).plain(value);
        }

        Bytes plain(String value) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            varint(bytes.length).writeBytes(bytes);
            return this;
        }

        Bytes begin(int id, int type) {
            write(((id - field) << 4) | type);
            field = id;
            return this;
        }

        Bytes list(int id, int type, int size) {
            begin(id, LIST).write((size << 4) | type);
            return this;
        }

        Bytes struct(Bytes fields) {
            writeBytes(fields.toByteArray());
            write(0);
            return this;
        }

        Bytes little(int value) {
            for (int shift = 0; shift < 32; shift += 8) {
                write(value >>> shift);
            }
            return this;
        }
    }

    HandmadeFile(List<String> dictionary) {
        this.dictionary = dictionary;
        file.writeBytes("PAR1".getBytes(StandardCharsets.US_ASCII));
        dictionaryAt = file.size();
        Bytes values = new Bytes();
        dictionary.forEach(text -> plain(text, values));
        page(2, 7, new Bytes().number(1, I32, dictionary.size()).number(2, I32, PageValues.PLAIN), values);
        dataAt = file.size();
    }

    /// The column is a SMALLINT: with a dictionary of nothing and no value.
    HandmadeFile small() {
        physicalType = 1;
        convertedType = 16;
        return this;
    }

    private static void plain(String text, Bytes values) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        values.little(bytes.length).writeBytes(bytes);
    }

    private void page(int type, int headerField, Bytes header, Bytes content) {
        file.struct(new Bytes().number(1, I32, type).number(2, I32, content.size()).number(3, I32, content.size())
                .begin(headerField, STRUCT).struct(header));
        file.writeBytes(content.toByteArray());
    }

    /// A page that names its texts by their places in the dictionary.
    HandmadeFile coded(List<@Nullable String> texts) {
        Bytes values = new Bytes();
        values.write(8); // bits a code
        texts.stream().filter(Objects::nonNull).forEach(text -> {
            values.varint(1 << 1); // a run of one
            values.write(dictionary.indexOf(text));
        });
        return data(PageValues.RLE_DICTIONARY, texts, values);
    }

    HandmadeFile plain(List<@Nullable String> texts) {
        Bytes values = new Bytes();
        for (String text : texts) {
            if (text != null) {
                plain(text, values);
            }
        }
        return data(PageValues.PLAIN, texts, values);
    }

    private HandmadeFile data(int encoding, List<@Nullable String> texts, Bytes values) {
        Bytes levels = new Bytes();
        texts.forEach(text -> levels.varint(1 << 1).write(text == null ? 0 : 1));
        Bytes content = new Bytes();
        content.little(levels.size());
        content.writeBytes(levels.toByteArray());
        content.writeBytes(values.toByteArray());
        page(0, 5, new Bytes().number(1, I32, texts.size()).number(2, I32, encoding).number(3, I32, PageValues.RLE)
                .number(4, I32, PageValues.RLE), content);
        rows += texts.size();
        return this;
    }

    /// Ends the file, and says which row groups are to be read.
    ParquetScan.Range writeTo(Path path) {
        long chunkBytes = file.size() - dictionaryAt;
        Bytes chunk = new Bytes().number(1, I32, physicalType).list(2, I32, 0).list(3, TEXT, 1).plain("t")
                .number(4, I32, 0)
                .number(5, I64, rows).number(6, I64, chunkBytes).number(7, I64, chunkBytes).number(9, I64, dataAt)
                .number(11, I64, dictionaryAt);
        Bytes column = new Bytes().number(2, I64, dictionaryAt).begin(3, STRUCT).struct(chunk);
        Bytes group = new Bytes().list(1, STRUCT, 1).struct(column).number(2, I64, chunkBytes).number(3, I64, rows);
        Bytes root = new Bytes().text(4, "schema").number(5, I32, 1);
        Bytes leaf = new Bytes().number(1, I32, physicalType).number(3, I32, 1).text(4, "t").number(6, I32,
                convertedType);
        Bytes footer = new Bytes().struct(new Bytes().number(1, I32, 1).list(2, STRUCT, 2).struct(root).struct(leaf)
                .number(3, I64, rows).list(4, STRUCT, 1).struct(group));
        file.writeBytes(footer.toByteArray());
        file.little(footer.size()).writeBytes("PAR1".getBytes(StandardCharsets.US_ASCII));
        try {
            Files.write(path, file.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ParquetScan.Range(path, file.size(), 0, file.size());
    }

    /// The rows of several pages.
    @SafeVarargs
    static List<@Nullable String> all(List<@Nullable String>... pages) {
        List<@Nullable String> rows = new ArrayList<>();
        for (List<@Nullable String> page : pages) {
            rows.addAll(page);
        }
        return rows;
    }
}
