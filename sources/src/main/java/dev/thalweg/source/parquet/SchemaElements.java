package dev.thalweg.source.parquet;

import dev.thalweg.source.parquet.SchemaNode.Annotation;
import dev.thalweg.source.parquet.SchemaNode.Physical;
import dev.thalweg.source.parquet.SchemaNode.Repetition;
import java.util.ArrayList;
import java.util.List;

/// Makes the schema's tree of the list that a footer has: every node before its children.
final class SchemaElements {
    private final List<Element> elements;
    private int next;
    private int leaves;

    /// One line of the footer's list. Mutable while it is read.
    static final class Element {
        private int physical = -1;
        private int length;
        private int repetition;
        private String name = "";
        private int children;
        private int converted = -1;
        private int scale;
        private int precision;
        private Annotation logical = new Annotation.None();

        static Element read(CompactReader in) {
            Element element = new Element();
            in.struct(id -> element.take(id, in));
            return element;
        }

        private void take(int id, CompactReader in) {
            switch (id) {
                case 1 -> physical = in.i32();
                case 2 -> length = in.i32();
                case 3 -> repetition = in.i32();
                case 4 -> name = in.text();
                case 5 -> children = in.i32();
                case 6 -> converted = in.i32();
                case 7 -> scale = in.i32();
                case 8 -> precision = in.i32();
                case 10 -> in.struct(kind -> logical = LogicalType.read(kind, in));
                default -> in.skip(); // a rule: fields of a later version say nothing about the columns
            }
        }

        private Annotation annotation() {
            return logical instanceof Annotation.None ? LogicalType.converted(converted, precision, scale) : logical;
        }
    }

    private SchemaElements(List<Element> elements) {
        this.elements = elements;
    }

    static SchemaNode.Group tree(List<Element> elements) {
        SchemaElements walk = new SchemaElements(elements);
        if (elements.isEmpty()) {
            throw new DamagedFile("its schema is empty");
        }
        SchemaNode root = walk.node(true, 0, 0);
        if (root instanceof SchemaNode.Group group && walk.next == elements.size()) {
            return group;
        }
        throw new DamagedFile("its schema has nodes outside its tree");
    }

    private SchemaNode node(boolean root, int definition, int repeats) {
        if (next >= elements.size()) {
            throw new DamagedFile("its schema ends too early");
        }
        Element element = elements.get(next++);
        Repetition repetition = root ? Repetition.REQUIRED : at(Repetition.values(), element.repetition);
        int defined = definition + (repetition == Repetition.REQUIRED ? 0 : 1);
        int repeated = repeats + (repetition == Repetition.REPEATED ? 1 : 0);
        if (defined > Byte.MAX_VALUE) {
            throw new UnsupportedFile("its schema is nested deeper than " + Byte.MAX_VALUE + " levels");
        }
        if (element.children == 0 && !root) {
            return new SchemaNode.Leaf(element.name, repetition, defined, repeated, element.annotation(), leaves++,
                    at(Physical.values(), element.physical), element.length);
        }
        List<SchemaNode> children = new ArrayList<>();
        for (int i = 0; i < element.children; i++) {
            children.add(node(false, defined, repeated));
        }
        return new SchemaNode.Group(element.name, repetition, defined, repeated, element.annotation(), children);
    }

    private static <T> T at(T[] values, int index) {
        if (index < 0 || index >= values.length) {
            throw new DamagedFile("its schema has the unknown kind " + index);
        }
        return values[index];
    }
}
