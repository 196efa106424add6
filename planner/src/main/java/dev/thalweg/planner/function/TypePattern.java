package dev.thalweg.planner.function;

import dev.thalweg.spi.data.DataType;
import java.util.List;
import java.util.stream.Collectors;

/// A parameter's or result's type in a signature.
sealed interface TypePattern {
    /// As `scalar-functions.txt` writes it.
    String text();

    record Exact(DataType type) implements TypePattern {
        @Override
        public String text() {
            return type.sql();
        }
    }

    enum Family implements TypePattern {
        DECIMAL, NUMERIC, ANY, TEXT;

        @Override
        public String text() {
            return this == TEXT ? "STRING or ARRAY<STRING>" : name();
        }
    }

    record Variable(String name) implements TypePattern {
        @Override
        public String text() {
            return name;
        }
    }

    record ArrayOf(TypePattern element) implements TypePattern {
        @Override
        public String text() {
            return "ARRAY<" + element.text() + ">";
        }
    }

    record MapOf(TypePattern key, TypePattern value) implements TypePattern {
        @Override
        public String text() {
            return "MAP<" + key.text() + ", " + value.text() + ">";
        }
    }

    record StructOf(List<String> names, List<TypePattern> types) implements TypePattern {
        @Override
        public String text() {
            return java.util.stream.IntStream.range(0, names.size())
                    .mapToObj(i -> names.get(i) + ": " + types.get(i).text())
                    .collect(Collectors.joining(", ", "STRUCT<", ">"));
        }
    }

    /// Only as a parameter: a function of the elements of an earlier one.
    record Lambda(List<LambdaParameterPattern> parameters, TypePattern result) implements TypePattern {
        public Lambda {
            parameters = List.copyOf(parameters);
        }

        @Override
        public String text() {
            String list = parameters.stream().map(parameter -> parameter.type().text())
                    .collect(Collectors.joining(", "));
            return (parameters.size() == 1 ? list : "(" + list + ")") + " -> " + result.text();
        }
    }

    /// What a lambda is handed.
    ///
    /// @param orNull NULL may be handed in though the collection holds none
    record LambdaParameterPattern(TypePattern type, boolean orNull) {}

    /// Only as a result: a rule of [ResultRules].
    record Rule(String name) implements TypePattern {
        @Override
        public String text() {
            return "as the arguments say";
        }
    }
}
