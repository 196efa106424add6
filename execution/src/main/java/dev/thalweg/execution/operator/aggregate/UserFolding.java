package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.expression.kernel.UserFailures;
import dev.thalweg.execution.hash.ValueBytes;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.function.UserAggregate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes the buffers of a program's aggregate, and names it when its code fails.
record UserFolding(UserAggregate function) implements Folding {
    private static final @Nullable Object[] NONE = {};

    /// What the code of a program is called by.
    @FunctionalInterface
    private interface Step {
        @Nullable
        Object run() throws Exception;
    }

    private @Nullable Object run(@Nullable Object[] arguments, Step step) {
        try {
            return step.run();
        } catch (InvalidQuery problem) {
            throw problem;
        } catch (Exception | LinkageError | AssertionError | StackOverflowError failure) {
            throw UserFailures.thrown(function.name(), arguments, failure);
        }
    }

    /// A buffer, or what is kept of one.
    private Object made(@Nullable Object[] arguments, Step step) {
        Object made = run(arguments, step);
        if (made == null) {
            throw UserFailures.thrown(function.name(), arguments, new NullPointerException("its buffer is null"));
        }
        return made;
    }

    @Override
    public Sketch empty() {
        return new Buffer(made(NONE, function::zero));
    }

    @Override
    public Sketch of(byte[] bytes) {
        Object value = Objects.requireNonNull(ValueBytes.read(bytes, function.buffer()));
        return new Buffer(made(NONE, () -> function.read(value)));
    }

    @Override
    public boolean takesRows() {
        return true;
    }

    private final class Buffer implements Sketch {
        private Object buffer;

        Buffer(Object buffer) {
            this.buffer = buffer;
        }

        @Override
        public void add(Object row, long times) {
            @Nullable
            Object[] arguments = (@Nullable Object[]) row;
            for (long i = 0; i < times; i++) {
                buffer = made(arguments, () -> function.reduce(buffer, arguments));
            }
        }

        @Override
        public byte[] bytes() {
            return ValueBytes.write(made(NONE, () -> function.write(buffer)), function.buffer(), false);
        }

        @Override
        public @Nullable Object result() {
            Object result = run(NONE, () -> function.finish(buffer));
            if (result == null && !function.nullable()) {
                throw UserFailures.nullResult(function.name());
            }
            return result;
        }
    }
}
