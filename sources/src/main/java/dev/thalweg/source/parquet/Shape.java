package dev.thalweg.source.parquet;

import dev.thalweg.spi.data.Field;
import java.util.List;

/// A wanted column laid over the nodes of a file's schema: which levels say that a value of it is there.
sealed interface Shape {
    Field field();

    /// The definition level from which on a value is not NULL.
    int definition();

    /// A leaf whose levels tell which values are there.
    SchemaNode.Leaf witness();

    /// A column of values, not of other columns.
    ///
    /// @param form how its values become those of the vector
    record Value(Field field, SchemaNode.Leaf leaf, ValueForm form) implements Shape {
        @Override
        public int definition() {
            return leaf.definition();
        }

        @Override
        public SchemaNode.Leaf witness() {
            return leaf;
        }

        /// Whether a row has exactly one entry in the file, and one bit says whether it is NULL.
        boolean flat() {
            return leaf.repeats() == 0 && leaf.definition() <= 1;
        }
    }

    /// A column that the file does not have: all NULL.
    record Missing(Field field, SchemaNode.Leaf witness) implements Shape {
        @Override
        public int definition() {
            return Integer.MAX_VALUE;
        }
    }

    /// ARRAY, and MAP, which Arrow keeps as a list of entries.
    ///
    /// @param elementDefinition the level from which on the list has an element there
    /// @param elementRepeats how many repeated nodes are above an element; an entry that repeats at that depth adds one
    record ListOf(Field field, int definition, int elementDefinition, int elementRepeats, Shape element)
            implements
                Shape {
        @Override
        public SchemaNode.Leaf witness() {
            return element.witness();
        }
    }

    /// STRUCT, and the entries of a MAP.
    record Struct(Field field, int definition, SchemaNode.Leaf witness, List<Shape> children) implements Shape {
        public Struct {
            children = List.copyOf(children);
        }
    }
}
