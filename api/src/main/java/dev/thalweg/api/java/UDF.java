package dev.thalweg.api.java;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/// A function of so many values, as the engine calls it; write one of [UDF0] to [UDF22].
///
/// Arguments are what [dev.thalweg.Row] lists, null for NULL. Several tasks may call one function at once.
public interface UDF extends Serializable {
    int arity();

    @Nullable
    Object apply(@Nullable Object[] arguments) throws Exception;
}
