package dev.thalweg.execution.expression.kernel;

import dev.thalweg.execution.expression.Utf8;
import dev.thalweg.spi.data.RowType;
import java.util.List;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;

/// What a generated class is made with, beside its code.
///
/// @param source the class's own source: errors are located in it by line
/// @param copied for each output column the input column it is, or -1 when it is computed
/// @param dense output rows are packed; else computed values lie at the physical row of their input row
/// @param multiplies an input row may give several output rows
/// @param slices text columns of the output that are not copied; rows are packed then
/// @param alike columns of the output that are the same in each row of a batch
/// @param nullable input columns that are read and may hold nulls
/// @param constants literals, by number
public record StageSetup(RowType input, RowType output, String source, List<Integer> copied, boolean dense,
        boolean multiplies, Set<Integer> slices, Set<Integer> alike, List<Integer> nullable, List<Object> constants,
        BufferAllocator allocator) {
    public StageSetup {
        copied = List.copyOf(copied);
        slices = Set.copyOf(slices);
        alike = Set.copyOf(alike);
        nullable = List.copyOf(nullable);
        constants = List.copyOf(constants);
    }

    public Object constant(int number) {
        return constants.get(number);
    }

    /// A STRING (`String`) or BINARY (`byte[]`) constant, in memory that `scratch` keeps.
    public Utf8 text(int number, Scratch scratch) {
        Object constant = constant(number);
        Utf8 slice = new Utf8();
        return (constant instanceof byte[] bytes
                ? scratch.bytes(bytes, slice)
                : scratch.text((String) constant, slice)).asConstant();
    }

    /// A list of STRING constants, sorted by their bytes.
    public Utf8[] sortedTexts(int number, Scratch scratch) {
        return ((List<?>) constant(number)).stream().map(text -> scratch.text((String) text, new Utf8())).sorted()
                .toArray(Utf8[]::new);
    }
}
