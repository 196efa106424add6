package dev.thalweg.tests.spec;

import dev.thalweg.Row;
import dev.thalweg.ThalwegSession;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Rows as the specifications write them: `a, 12:00:05, NULL`.
final class Texts {
    private static final String DAY = "2026-01-01";

    private Texts() {}

    static String of(Row row) {
        return IntStream.range(0, row.size()).mapToObj(i -> of(row.get(i))).collect(Collectors.joining(", "));
    }

    private static String of(@Nullable Object value) {
        return switch (value) {
            case null -> "NULL";
            case Timestamp time -> of(time.toInstant().atOffset(ZoneOffset.UTC).toLocalDateTime());
            case Row row -> "{" + of(row) + "}";
            default -> value.toString();
        };
    }

    private static String of(LocalDateTime time) {
        return (time.toLocalDate().toString().equals(DAY) ? "" : time.toLocalDate() + " ") + time.toLocalTime();
    }

    /// What a statement says that answers with one text, such as `EXPLAIN STATE SELECT …`.
    static String of(ThalwegSession session, String statement) {
        return String.valueOf(session.sql(statement).first().getString(0));
    }

    /// A row as it stands after VALUES.
    static String toSql(String row) {
        return Arrays.stream(row.split(",", -1)).map(String::strip).map(Texts::literal)
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String literal(String value) {
        if (value.matches("NULL|true|false|-?\\d+(\\.\\d+)?")) {
            return value;
        }
        return value.matches("\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?")
                ? "TIMESTAMP '" + DAY + " " + value + "'"
                : "'" + value + "'";
    }
}
