package dev.thalweg.execution.expression.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.execution.expression.EvaluationContext;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A printer that remembers its last text")
final class TimePrinterTest {
    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    /// The clocks went back an hour at 06:00 of this day, so that wall-clock times come twice.
    private static final long NEAR_A_CHANGE = Instant.parse("2024-11-03T00:00:00Z").getEpochSecond() * Times.SECOND;
    private static final int TIMES = 2_000;

    @DisplayName("prints what the pattern prints, whatever was printed before")
    @ParameterizedTest
    @ValueSource(strings = {"yyyy-MM-dd", "HH:mm", "yyyy", "h a", "EEEE", "mm:ss", "HH 'o''clock'", "ss", "ss.SSS",
            "yyyy-MM-dd HH:mm:ss.SSSSSS", "HH:mm z", "HH XXX", "VV HH", "'minutes'", "D", "k", "QQQ", "G yy",
            "'s' d 'm'"})
    void printsAsThePattern(String pattern) {
        Random random = new Random(pattern.hashCode());
        EvaluationContext context = new EvaluationContext(ZONE, 0, 0);
        DateTimePattern plain = DateTimePattern.forPrinting(pattern);
        TimePrinter printer = new TimePrinter(pattern);
        long instant = NEAR_A_CHANGE;
        for (int i = 0; i < TIMES; i++) {
            assertThat(printer.print(context, instant))
                    .isEqualTo(plain.print(context.localMicros(instant), ZONE, instant));
            instant += (long) (random.nextGaussian() * Math.pow(10, random.nextInt(3, 12)));
        }
    }
}
