package dev.thalweg.source.parquet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/// What a Parquet file says of itself at its end: its schema, and where the columns of each row group lie.
///
/// **Cost** Two reads from the end of the file; the footer grows with columns × row groups.
final class ParquetFile {
    private static final int TAIL_BYTES = 8;
    private static final int MAGIC = ByteBuffer.wrap("PAR1".getBytes(US_ASCII)).order(ByteOrder.LITTLE_ENDIAN).getInt();
    private static final int MAGIC_ENCRYPTED = ByteBuffer.wrap("PARE".getBytes(US_ASCII))
            .order(ByteOrder.LITTLE_ENDIAN).getInt();

    private List<SchemaElements.Element> elements = List.of();
    private List<RowGroup> rowGroups = List.of();
    private boolean hasColumnOrders;
    private boolean encrypted;
    private final SchemaNode.Group schema;

    /// @param rows how many it has
    /// @param chunks one a leaf of the schema
    record RowGroup(long rows, List<ColumnChunk> chunks) {
        /// Where its first byte lies: the split that has that byte reads it.
        long start() {
            return chunks.stream().mapToLong(ColumnChunk::start).min().orElse(0);
        }
    }

    private ParquetFile(CompactReader in) {
        in.struct(id -> {
            switch (id) {
                case 2 -> elements = in.list(() -> SchemaElements.Element.read(in));
                case 4 -> rowGroups = in.list(() -> rowGroup(in));
                case 7 -> hasColumnOrders = !in.list(() -> {
                    in.skip();
                    return true;
                }).isEmpty();
                case 8 -> {
                    encrypted = true;
                    in.skip();
                }
                default -> in.skip(); // a rule: statistics, names of writers and the like
            }
        });
        if (encrypted) {
            throw new UnsupportedFile("it is encrypted");
        }
        schema = SchemaElements.tree(elements);
    }

    private static RowGroup rowGroup(CompactReader in) {
        List<ColumnChunk> chunks = new ArrayList<>();
        long[] rows = {0};
        in.struct(id -> {
            switch (id) {
                case 1 -> chunks.addAll(in.list(() -> ColumnChunk.read(in)));
                case 3 -> rows[0] = in.i64();
                default -> in.skip();
            }
        });
        return new RowGroup(rows[0], List.copyOf(chunks));
    }

    /// @param size how long the file was when it was found
    static ParquetFile read(FileChannel file, long size) throws IOException {
        if (size < TAIL_BYTES + Integer.BYTES) {
            throw new DamagedFile("it has " + size + " bytes, too few for a Parquet file");
        }
        ByteBuffer tail = bytes(file, size - TAIL_BYTES, TAIL_BYTES);
        long length = Integer.toUnsignedLong(tail.getInt());
        int magic = tail.getInt();
        if (magic == MAGIC_ENCRYPTED) {
            throw new UnsupportedFile("its footer is encrypted");
        }
        if (magic != MAGIC) {
            throw new DamagedFile(
                    "it does not end as Parquet files do (with PAR1): it is of another format, or cut off");
        }
        if (length > size - TAIL_BYTES - Integer.BYTES) {
            throw new DamagedFile("its footer would be longer than the file");
        }
        try {
            ParquetFile footer = new ParquetFile(
                    new CompactReader(bytes(file, size - TAIL_BYTES - length, (int) length)));
            footer.check(size - TAIL_BYTES - length);
            return footer;
        } catch (BufferUnderflowException e) {
            throw new DamagedFile("its footer is not whole", e);
        }
    }

    private void check(long end) {
        List<SchemaNode.Leaf> leaves = new ArrayList<>();
        addLeaves(schema, leaves);
        for (RowGroup group : rowGroups) {
            if (group.rows() < 0 || group.chunks().size() != leaves.size()) {
                throw new DamagedFile("a row group has " + group.rows() + " rows and " + group.chunks().size()
                        + " columns where the schema has " + leaves.size());
            }
            for (SchemaNode.Leaf leaf : leaves) {
                ColumnChunk chunk = group.chunks().get(leaf.column());
                chunk.check(end);
                if (leaf.repeats() == 0 && chunk.values() != group.rows()) {
                    throw new DamagedFile("column " + leaf.name() + " has " + chunk.values() + " values for "
                            + group.rows() + " rows");
                }
            }
        }
    }

    private static void addLeaves(SchemaNode node, List<SchemaNode.Leaf> leaves) {
        switch (node) {
            case SchemaNode.Leaf leaf -> leaves.add(leaf);
            case SchemaNode.Group group -> group.children().forEach(child -> addLeaves(child, leaves));
        }
    }

    private static ByteBuffer bytes(FileChannel file, long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, from + bytes.position()) < 0) {
                throw new EOFException("it is shorter than it was when it was found");
            }
        }
        return bytes.flip();
    }

    SchemaNode.Group schema() {
        return schema;
    }

    /// Whether it says that the statistics of texts are in the order of their bytes.
    boolean hasColumnOrders() {
        return hasColumnOrders;
    }

    /// The row groups that begin in a range of the file's bytes.
    List<RowGroup> rowGroups(long from, long to) {
        return rowGroups.stream().filter(group -> group.start() >= from && group.start() < to).toList();
    }
}
