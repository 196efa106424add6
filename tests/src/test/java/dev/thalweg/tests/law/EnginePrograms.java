package dev.thalweg.tests.law;

import dev.thalweg.expressions.Aggregator;
import dev.thalweg.parser.Statement.CreateFunction;
import dev.thalweg.parser.StatementParser;
import dev.thalweg.planner.function.SqlMacro;
import dev.thalweg.planner.function.UserFunctions;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.function.UserAggregate;
import dev.thalweg.spi.function.UserFunction;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The functions of [Programs] as the engine knows them, below the session.
final class EnginePrograms {
    private EnginePrograms() {}

    static void register(UserFunctions users) {
        List.of(new Scalar("law_shout", 1, Simple.STRING, values -> Programs.shout((String) values[0])),
                new Scalar("law_half", 1, Simple.INT, values -> Programs.half((Integer) values[0])),
                new Scalar("law_mix", 2, Simple.BIGINT, values -> Programs.mix((Long) values[0], (String) values[1])))
                .forEach(function -> users.register(function.name(), function));
        users.register("law_spread", new Spread());
        users.register("law_squares", new Squares());
        for (String text : Programs.NAMED) {
            CreateFunction create = (CreateFunction) StatementParser.parseStatement(text);
            users.register(new SqlMacro(create.name().text(), create.parameters(), create.body(),
                    create.returns().orElseThrow()));
        }
    }

    private record Scalar(String name, int arity, DataType type, UserFunction.Body body) implements UserFunction {
        @Override
        public boolean nullable() {
            return true;
        }

        @Override
        public boolean deterministic() {
            return true;
        }

        @Override
        public Body over(List<DataType> arguments) {
            return body;
        }
    }

    /// Of one number.
    private abstract static class OfNumber<B> implements UserAggregate { // two that differ in how a buffer is kept
        private final String name;
        private final Aggregator<Integer, B, ?> program;

        OfNumber(String name, Aggregator<Integer, B, ?> program) {
            this.name = name;
            this.program = program;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public List<DataType> arguments() {
            return List.of(Simple.INT);
        }

        @Override
        public DataType buffer() {
            return Simple.STRING;
        }

        @Override
        public boolean nullable() {
            return true;
        }

        @Override
        public boolean deterministic() {
            return true;
        }

        @Override
        public Object zero() {
            return program.zero();
        }

        @Override
        @SuppressWarnings("unchecked") // it gave the buffer
        public Object reduce(Object buffer, @Nullable Object[] arguments) {
            return program.reduce((B) buffer, (Integer) arguments[0]);
        }

        @Override
        @SuppressWarnings("unchecked") // it gave the buffer
        public @Nullable Object finish(Object buffer) {
            return program.finish((B) buffer);
        }
    }

    private static final class Spread extends OfNumber<Programs.Range> {
        Spread() {
            super("law_spread", new Programs.Spread());
        }

        @Override
        public DataType type() {
            return Simple.STRING;
        }

        @Override
        public Object write(Object buffer) {
            Programs.Range range = (Programs.Range) buffer;
            return range.least() + " " + range.greatest() + " " + range.rows();
        }

        @Override
        public Object read(Object value) {
            String[] parts = ((String) value).split(" ", -1);
            return new Programs.Range(number(parts[0]), number(parts[1]), Long.parseLong(parts[2]));
        }

        private static @Nullable Integer number(String text) {
            return text.equals("null") ? null : Integer.valueOf(text);
        }
    }

    private static final class Squares extends OfNumber<TreeMap<Integer, Long>> {
        Squares() {
            super("law_squares", new Programs.Squares());
        }

        @Override
        public DataType type() {
            return Simple.BIGINT;
        }

        @Override
        public Object write(Object buffer) {
            return ((TreeMap<?, ?>) buffer).entrySet().stream().map(Object::toString).collect(Collectors.joining(" "));
        }

        @Override
        public Object read(Object value) {
            TreeMap<Integer, Long> counts = new TreeMap<>();
            Arrays.stream(((String) value).split(" ")).filter(entry -> !entry.isEmpty()).forEach(entry -> counts
                    .put(Integer.valueOf(entry.split("=", -1)[0]), Long.valueOf(entry.split("=", -1)[1])));
            return counts;
        }
    }
}
