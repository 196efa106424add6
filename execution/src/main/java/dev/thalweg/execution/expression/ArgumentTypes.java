package dev.thalweg.execution.expression;

import dev.thalweg.spi.data.DataType;
import java.util.List;

/// The SQL types of a call, for a scalar function whose Java parameters do not say enough (`to_json` of a struct, `hour` of a
/// TIMESTAMP or a TIMESTAMP_NTZ). A function that declares it as its first parameter, or as the second after an
/// [EvaluationContext], is handed it.
public record ArgumentTypes(List<DataType> arguments, DataType result) {
    public ArgumentTypes {
        arguments = List.copyOf(arguments);
    }
}
