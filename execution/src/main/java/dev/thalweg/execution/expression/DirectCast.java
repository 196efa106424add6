package dev.thalweg.execution.expression;

import dev.thalweg.spi.data.DataType;
import java.util.Optional;

/// The Java expression of a cast between two simple types, with `%s` for the value.
///
/// @param scratch where text is made
record DirectCast(JavaSource java, String scratch, DataType from, DataType to) {
    /// Empty when the cast goes through objects.
    Optional<String> template() {
        return Optional.ofNullable(number());
    }

    private @org.jspecify.annotations.Nullable String number() {
        if (!from.isNumeric() || !to.isNumeric() || Kind.of(from) == Kind.DECIMAL || Kind.of(to) == Kind.DECIMAL) {
            return null;
        }
        boolean floating = from.isFloating();
        if (to.isFloating()) {
            return "(" + Kind.of(to).javaType() + ") %s";
        }
        String name = "\"" + from.sql() + "\"";
        return switch ((DataType.Simple) to) {
            case TINYINT -> "NumberCasts.toTinyint(%s, " + name + ")";
            case SMALLINT -> "NumberCasts.toSmallint(%s, " + name + ")";
            case INT ->
                    from.isInteger() && from != DataType.Simple.BIGINT ? "%s" : "NumberCasts.toInt(%s, " + name + ")";
            case BIGINT -> floating ? "NumberCasts.toBigint(%s, " + name + ")" : "(long) %s";
            default -> null;
        };
    }
}
