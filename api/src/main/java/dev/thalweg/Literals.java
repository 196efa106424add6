package dev.thalweg;

import dev.thalweg.parser.tree.FunctionCalls;
import dev.thalweg.parser.tree.TypeSpecs;
import dev.thalweg.spi.data.DataType.Simple;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// A Java value as a constant of SQL, of the type that Spark gives it.
final class Literals {
    private static final SqlParserPos HERE = Column.HERE;

    private Literals() {}

    static SqlNode of(@Nullable Object value) {
        return switch (value) {
            case null -> SqlLiteral.createNull(HERE);
            case Boolean flag -> SqlLiteral.createBoolean(flag, HERE);
            case Byte number -> cast(exact(number.toString()), Simple.TINYINT);
            case Short number -> cast(exact(number.toString()), Simple.SMALLINT);
            case Integer number -> exact(number.toString());
            case Long number -> cast(exact(number.toString()), Simple.BIGINT);
            case Float number -> cast(string(number.toString()), Simple.FLOAT);
            case Double number -> cast(string(number.toString()), Simple.DOUBLE);
            case BigDecimal number -> exact(number.toPlainString());
            case String text -> string(text);
            case Character letter -> string(letter.toString());
            case byte[] bytes -> SqlLiteral.createBinaryString(bytes, HERE);
            case Instant time -> FunctionCalls.of("$timestamp", HERE, string(time.toString()));
            case Timestamp time -> FunctionCalls.of("$timestamp", HERE, string(time.toInstant().toString()));
            case LocalDateTime time -> FunctionCalls.of("$timestamp_ntz", HERE, string(time.toString()));
            case LocalTime time -> FunctionCalls.of("$time", HERE, string(time.toString()));
            case LocalDate date -> FunctionCalls.of("$date", HERE, string(date.toString()));
            case Date date -> FunctionCalls.of("$date", HERE, string(date.toLocalDate().toString()));
            case Duration time -> FunctionCalls.of("$interval_dt", HERE, exact(Long.toString(micros(time))));
            case Period period -> FunctionCalls.of("$interval_ym", HERE, exact(Long.toString(period.toTotalMonths())));
            default -> throw new IllegalArgumentException("lit() takes a number, a text, a time or a boolean, not a "
                    + value.getClass().getName() + ": " + value);
        };
    }

    private static long micros(Duration time) {
        return Math.addExact(Math.multiplyExact(time.getSeconds(), 1_000_000), time.getNano() / 1_000);
    }

    private static SqlNode exact(String number) {
        return SqlLiteral.createExactNumeric(number, HERE);
    }

    private static SqlNode string(String text) {
        return SqlLiteral.createCharString(text, "UTF-8", HERE);
    }

    private static SqlNode cast(SqlNode value, Simple type) {
        return SqlStdOperatorTable.CAST.createCall(HERE, value, TypeSpecs.of(type, HERE));
    }
}
