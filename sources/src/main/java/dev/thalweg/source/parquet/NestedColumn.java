package dev.thalweg.source.parquet;

import static java.util.Objects.requireNonNull;

import dev.thalweg.source.parquet.SchemaNode.Leaf;
import dev.thalweg.spi.data.ArrowTypes;
import dev.thalweg.spi.data.Column;
import dev.thalweg.spi.data.Memory;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;

/// Reads a column of lists, maps or structs: from the levels of its leaves to offsets and validity.
///
/// Each node of the column has slots: the rows at the top, below a list its elements. An entry of a leaf begins a slot of a
/// node when it repeats no deeper than the node lies and is defined down to the list around it.
///
/// **Source** Melnik et al., "Dremel: Interactive Analysis of Web-Scale Datasets", 2010.
final class NestedColumn implements ColumnReader {
    private final Shape shape;
    private final BufferAllocator allocator;
    private final Map<Integer, LevelledLeaf> leaves = new LinkedHashMap<>();
    private final Map<Integer, Filling> fillings = new HashMap<>();

    /// Of which node slots are asked for.
    ///
    /// @param definition the level from which on the list around it has an element; 0 at the top
    /// @param repeats how many repeated nodes are above it
    private record Slots(int definition, int repeats) {
        boolean begins(LevelledLeaf leaf, int entry) {
            return leaf.repetitions[entry] <= repeats && leaf.definitions[entry] >= definition;
        }
    }

    NestedColumn(Shape shape, FileChannel file, BufferAllocator allocator) {
        this.shape = shape;
        this.allocator = allocator;
        addLeaves(shape, file);
    }

    private void addLeaves(Shape node, FileChannel file) {
        switch (node) {
            case Shape.Value value -> leaves.put(value.leaf().column(),
                    new LevelledLeaf(value.leaf(), value.form(), file, allocator));
            case Shape.ListOf list -> addLeaves(list.element(), file);
            case Shape.Struct struct -> {
                struct.children().forEach(child -> addLeaves(child, file));
                Leaf witness = struct.witness();
                leaves.computeIfAbsent(witness.column(),
                        _ -> new LevelledLeaf(witness, anyForm(witness), file, allocator));
            }
            case Shape.Missing _ -> {
                // has no leaf of its own
            }
        }
    }

    /// A form for a leaf of which only the levels are read.
    private static ValueForm anyForm(Leaf leaf) {
        return switch (leaf.physical()) {
            case BOOLEAN -> new ValueForm.Bits();
            case BYTE_ARRAY, FIXED -> new ValueForm.Bytes();
            case INT32, INT64, INT96, FLOAT, DOUBLE -> ValueForm.copied(leaf.width());
        };
    }

    @Override
    public void open(ParquetFile.RowGroup group) {
        leaves.forEach((column, leaf) -> leaf.open(group.chunks().get(column)));
    }

    @Override
    public Column read(int rows) {
        FieldVector vector = ArrowTypes.newVector(shape.field(), allocator);
        try {
            addFillings(shape, vector, rows);
            leaves.forEach((column, leaf) -> leaf.read(rows, Optional.ofNullable(fillings.get(column))));
            int slots = finish(shape, vector, new Slots(0, 0));
            if (slots != rows) {
                throw new DamagedFile("column " + shape.field().name() + " has " + slots + " values for " + rows
                        + " rows");
            }
            return Column.of(vector);
        } catch (RuntimeException e) {
            vector.close();
            throw e;
        } finally {
            fillings.values().forEach(Filling::close);
            fillings.clear();
        }
    }

    private void addFillings(Shape node, FieldVector vector, int rows) {
        switch (node) {
            case Shape.Value value -> fillings.put(value.leaf().column(),
                    new Filling(vector, value.form(), rows, 0, allocator));
            case Shape.ListOf list -> addFillings(list.element(), ((ListVector) vector).getDataVector(), rows);
            case Shape.Struct struct -> {
                List<FieldVector> children = vector.getChildrenFromFields();
                for (int i = 0; i < children.size(); i++) {
                    addFillings(struct.children().get(i), children.get(i), rows);
                }
            }
            case Shape.Missing _ -> {
                // is all NULL, which needs no values
            }
        }
    }

    private LevelledLeaf leaf(Shape node) {
        LevelledLeaf leaf = leaves.get(node.witness().column());
        if (leaf == null) {
            throw new IllegalStateException(node.toString());
        }
        return leaf;
    }

    /// Writes what a node has besides its children, then those.
    ///
    /// @return how many slots it has
    private int finish(Shape node, FieldVector vector, Slots slots) {
        return switch (node) {
            case Shape.Value value -> finishValue(value, slots);
            case Shape.ListOf list -> finishList(list, (ListVector) vector, slots);
            case Shape.Struct struct -> finishStruct(struct, (StructVector) vector, slots);
            case Shape.Missing _ -> throw new IllegalStateException("no levels");
        };
    }

    private int finishValue(Shape.Value value, Slots slots) {
        LevelledLeaf leaf = leaf(value);
        Filling filling = requireNonNull(fillings.get(value.leaf().column()));
        filling.ensure(leaf.entries);
        int count = 0;
        for (int i = 0; i < leaf.entries; i++) {
            if (slots.begins(leaf, i)) {
                if (leaf.definitions[i] == value.definition()) {
                    Memory.putBit(filling.validity(), count, true);
                }
                count++;
            }
        }
        filling.spread(0, count, leaf.present);
        filling.finish(count);
        return count;
    }

    private int finishList(Shape.ListOf list, ListVector vector, Slots slots) {
        LevelledLeaf leaf = leaf(list);
        Slots elements = new Slots(list.elementDefinition(), list.elementRepeats());
        int count = 0;
        int valid = 0;
        int begun = 0;
        try (ArrowBuf validity = bitmap(leaf.entries);
                ArrowBuf offsets = allocator.buffer(Integer.BYTES * (leaf.entries + 1L))) {
            for (int i = 0; i < leaf.entries; i++) {
                if (slots.begins(leaf, i)) {
                    boolean there = leaf.definitions[i] >= list.definition();
                    Memory.putBit(validity.memoryAddress(), count, there);
                    Memory.putInt(offsets.memoryAddress() + 4L * count, begun);
                    valid += there ? 1 : 0;
                    count++;
                }
                begun += elements.begins(leaf, i) ? 1 : 0;
            }
            Memory.putInt(offsets.memoryAddress() + 4L * count, begun);
            offsets.writerIndex(4L * (count + 1));
            vector.loadFieldBuffers(new ArrowFieldNode(count, count - valid), List.of(validity, offsets));
        }
        if (finish(list.element(), vector.getDataVector(), elements) != begun) {
            throw new DamagedFile("the leaves of column " + list.field().name() + " do not have the same lists");
        }
        return count;
    }

    private int finishStruct(Shape.Struct struct, StructVector vector, Slots slots) {
        LevelledLeaf leaf = leaf(struct);
        int count = 0;
        int valid = 0;
        try (ArrowBuf validity = bitmap(leaf.entries)) {
            for (int i = 0; i < leaf.entries; i++) {
                if (slots.begins(leaf, i)) {
                    boolean there = leaf.definitions[i] >= struct.definition();
                    Memory.putBit(validity.memoryAddress(), count, there);
                    valid += there ? 1 : 0;
                    count++;
                }
            }
            vector.loadFieldBuffers(new ArrowFieldNode(count, count - valid), List.of(validity));
        }
        List<FieldVector> children = vector.getChildrenFromFields();
        for (int i = 0; i < children.size(); i++) {
            if (struct.children().get(i) instanceof Shape.Missing) {
                MissingColumn.fill(children.get(i), count);
            } else if (finish(struct.children().get(i), children.get(i), slots) != count) {
                throw new DamagedFile("the leaves of column " + struct.field().name() + " do not have the same rows");
            }
        }
        return count;
    }

    private ArrowBuf bitmap(int bits) {
        ArrowBuf bitmap = allocator.buffer(Math.max(8, (bits + 63L) / 64 * 8));
        bitmap.setZero(0, bitmap.capacity());
        bitmap.writerIndex((bits + 7L) / 8);
        return bitmap;
    }

    @Override
    public void close() {
        leaves.values().forEach(LevelledLeaf::close);
    }
}
