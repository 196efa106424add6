package dev.thalweg;

import dev.thalweg.expressions.Aggregator;
import dev.thalweg.planner.function.EngineAggregate;
import dev.thalweg.planner.function.UserFunctions;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.function.UserAggregate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlOperator;
import org.jspecify.annotations.Nullable;

/// An aggregate that a program wrote.
///
/// @param input makes of the arguments what [Aggregator#reduce] takes
/// @param buffers how a buffer is kept
record ProgramAggregate<I extends @Nullable Object, B, O extends @Nullable Object>(String name,
        Aggregator<I, B, O> aggregator, EngineEncoder<I> input, EngineEncoder<B> buffers, EngineEncoder<O> output,
        boolean nullable, boolean deterministic)
        implements
            UserAggregate,
            Definition {
    static <I extends @Nullable Object, B, O extends @Nullable Object> ProgramAggregate<I, B, O> of(
            Aggregator<I, B, O> aggregator, Encoder<I> input) {
        String name = aggregator.getClass().getSimpleName();
        return new ProgramAggregate<>(name.isEmpty() ? "udaf" : name, aggregator, EngineEncoder.of(input),
                EngineEncoder.of(aggregator.bufferEncoder()), EngineEncoder.of(aggregator.outputEncoder()), true, true);
    }

    @Override
    public List<DataType> arguments() {
        return !input.isFlat() && input.type() instanceof DataType.Struct(RowType row)
                ? row.fields().stream().map(Field::type).toList()
                : List.of(input.type());
    }

    @Override
    public DataType buffer() {
        return buffers.type();
    }

    @Override
    public DataType type() {
        return output.type();
    }

    @Override
    public Object zero() {
        return aggregator.zero();
    }

    @Override
    @SuppressWarnings("unchecked") // every buffer is one that the aggregator made
    public Object reduce(Object buffer, @Nullable Object[] arguments) {
        return aggregator.reduce((B) buffer, input.decode(input.isFlat() ? arguments[0] : Arrays.asList(arguments)));
    }

    @Override
    @SuppressWarnings("unchecked") // every buffer is one that the aggregator made
    public @Nullable Object finish(Object buffer) {
        return output.encode(aggregator.finish((B) buffer));
    }

    @Override
    public Object write(Object buffer) {
        return Objects.requireNonNull(buffers.encode(buffer), "a buffer");
    }

    @Override
    public Object read(Object value) {
        return Objects.requireNonNull(buffers.decode(value));
    }

    @Override
    public Definition named(String other) {
        return new ProgramAggregate<>(other, aggregator, input, buffers, output, nullable, deterministic);
    }

    @Override
    public Definition neverNull() {
        return new ProgramAggregate<>(name, aggregator, input, buffers, output, false, deterministic);
    }

    @Override
    public Definition random() {
        return new ProgramAggregate<>(name, aggregator, input, buffers, output, nullable, false);
    }

    @Override
    public SqlOperator operator() {
        return EngineAggregate.of(this);
    }

    @Override
    public void register(UserFunctions users, String other) {
        users.register(other, this);
    }
}
