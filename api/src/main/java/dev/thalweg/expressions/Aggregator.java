package dev.thalweg.expressions;

import dev.thalweg.Encoder;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/// An aggregate written in Java: rows go into a buffer one by one, and a buffer comes to an answer.
///
/// The answer must not depend on the order of the rows. A stream keeps the buffer of each group between triggers, as
/// [#bufferEncoder] writes it; where rows may be taken back it keeps the rows, because nothing takes one out of a buffer.
///
/// An abstract class and no interface, because Spark's is one, which programs extend.
///
/// **Thread** several tasks may call one at once, each with buffers of its own.
///
/// @param <I> what a row is
/// @param <B> a buffer
/// @param <O> the answer
public abstract class Aggregator<I extends @Nullable Object, B, O extends @Nullable Object> implements Serializable {
    private static final long serialVersionUID = 1L;

    /// A buffer without rows.
    public abstract B zero();

    /// The buffer with one row more; it may be the same object.
    public abstract B reduce(B buffer, I row);

    /// Two buffers as one.
    public abstract B merge(B first, B second);

    /// The answer.
    public abstract @Nullable O finish(B buffer);

    /// How buffers are kept.
    public abstract Encoder<B> bufferEncoder();

    /// What the answer is in SQL.
    public abstract Encoder<O> outputEncoder();
}
