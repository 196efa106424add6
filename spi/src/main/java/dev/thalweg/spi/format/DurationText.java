package dev.thalweg.spi.format;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A length of time as people say it: `2 hours 30 minutes`, `1 second`, `0.25 seconds`.
public final class DurationText {
    private DurationText() {}

    public static String of(Duration time) {
        List<String> parts = new ArrayList<>();
        add(parts, BigDecimal.valueOf(time.toDays()), "day");
        add(parts, BigDecimal.valueOf(time.toHoursPart()), "hour");
        add(parts, BigDecimal.valueOf(time.toMinutesPart()), "minute");
        add(parts, BigDecimal.valueOf(time.toSecondsPart()).add(BigDecimal.valueOf(time.toNanosPart(), 9)), "second");
        return parts.isEmpty() ? "0 seconds" : String.join(" ", parts);
    }

    private static void add(List<String> parts, BigDecimal number, String unit) {
        if (number.signum() != 0) {
            String text = number.stripTrailingZeros().toPlainString();
            parts.add(text + " " + unit + (text.equals("1") ? "" : "s"));
        }
    }
}
