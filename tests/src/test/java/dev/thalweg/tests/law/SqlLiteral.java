package dev.thalweg.tests.law;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// A value as SQL that Thalweg and DuckDB read alike.
final class SqlLiteral {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

    private SqlLiteral() {}

    static String of(@Nullable Object value, String typeName) {
        return switch (value) {
            case null -> "CAST(NULL AS " + typeName + ")";
            case String text -> "'" + text + "'"; // no text of the law has a quote or a backslash in it
            case Instant time -> "TIMESTAMP '" + TIME.format(time.atOffset(ZoneOffset.UTC)) + "'";
            case java.time.LocalDate date -> "DATE '" + date + "'";
            case Boolean flag -> flag ? "TRUE" : "FALSE";
            case Integer number when number >= 0 -> number.toString();
            case BigDecimal number -> "CAST('" + number.toPlainString() + "' AS " + typeName + ")";
            default -> "CAST('" + value + "' AS " + typeName + ")";
        };
    }
}
