package dev.thalweg.source.parquet;

import java.util.List;

/// A node of a file's schema, with the levels that say how much of a value on the way down to it is there.
sealed interface SchemaNode {
    String name();

    Repetition repetition();

    /// The definition level of a value that is there down to this node.
    int definition();

    /// How many repeated nodes are on the way down to this node, itself included.
    int repeats();

    Annotation annotation();

    enum Repetition {
        REQUIRED, OPTIONAL, REPEATED
    }

    /// How values lie in the file.
    enum Physical {
        BOOLEAN(0), INT32(4), INT64(8), INT96(12), FLOAT(4), DOUBLE(8), BYTE_ARRAY(0), FIXED(0);

        /// Bytes a value; 0 where the values, or the column, tell.
        final int width;

        Physical(int width) {
            this.width = width;
        }
    }

    /// A column that has values.
    ///
    /// @param column its number among the leaves, as in the row groups
    /// @param length the bytes of a FIXED value
    record Leaf(String name, Repetition repetition, int definition, int repeats, Annotation annotation, int column,
            Physical physical, int length) implements SchemaNode {
        int width() {
            return physical == Physical.FIXED ? length : physical.width;
        }
    }

    record Group(String name, Repetition repetition, int definition, int repeats, Annotation annotation,
            List<SchemaNode> children) implements SchemaNode {
        public Group {
            children = List.copyOf(children);
        }

        /// Any leaf below: its levels say which values of the group are there.
        Leaf witness() {
            return switch (children.getFirst()) {
                case Leaf leaf -> leaf;
                case Group group -> group.witness();
            };
        }
    }

    /// What a value means, beyond how it lies.
    sealed interface Annotation {
        record None() implements Annotation {}

        record Text() implements Annotation {}

        record ListOf() implements Annotation {}

        record MapOf() implements Annotation {}

        record Decimal(int precision, int scale) implements Annotation {}

        record Date() implements Annotation {}

        /// A point in time.
        ///
        /// @param perSecond how many units a second has
        /// @param instant whether it counts from the epoch in UTC; otherwise on a wall clock
        record Timestamp(long perSecond, boolean instant) implements Annotation {}

        /// A time of day, on whichever clock.
        ///
        /// @param perSecond how many units a second has
        record Time(long perSecond) implements Annotation {}

        record Int(int bits, boolean signed) implements Annotation {}

        record Float16() implements Annotation {}

        /// One that is not read here.
        record Other(String name) implements Annotation {}
    }
}
