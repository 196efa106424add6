package dev.thalweg.source.rate;

import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.error.InvalidOption;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How many rows there are at what time.
///
/// @param rowsPerSecond once it is up to speed; 1 by default
/// @param rampUpSeconds `rampUpTime`: how long it takes to be; 0 by default
/// @param partitions `numPartitions`: into how many splits a trigger's rows are cut; 2 by default
record RateOptions(long rowsPerSecond, long rampUpSeconds, int partitions) {
    private static final Pattern SECONDS = Pattern.compile("(\\d{1,9})\\s*(s|m|h)?[a-z]*");

    RateOptions {
        if (rowsPerSecond < 1) {
            throw new InvalidOption("rowsPerSecond", rowsPerSecond, "a whole number from 1 up, such as 1000");
        }
        if (partitions < 1) {
            throw new InvalidOption("numPartitions", partitions, "a whole number from 1 up, such as 2");
        }
    }

    static RateOptions of(TableOptions options) {
        options.checkKnown("source 'rate'",
                List.of("rowsPerSecond", "rampUpTime", "numPartitions", "endOfInput", "idleTimeout"));
        return new RateOptions(options.number("rowsPerSecond").orElse(1), seconds(options.text("rampUpTime", "0s")),
                (int) Math.min(Integer.MAX_VALUE, options.number("numPartitions").orElse(2)));
    }

    private static long seconds(String text) {
        Matcher time = SECONDS.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!time.matches()) {
            throw new InvalidOption("rampUpTime", text, "a time in whole seconds, such as 30s or 2m");
        }
        long unit = "m".equals(time.group(2)) ? 60 : "h".equals(time.group(2)) ? 3600 : 1;
        return Long.parseLong(time.group(1)) * unit;
    }

    /// How many rows there are after a time since the start: the rate rises evenly while it ramps up.
    long rowsAt(long millis) {
        double seconds = millis / 1000.0;
        if (seconds >= rampUpSeconds) {
            return (long) (rowsPerSecond * rampUpSeconds / 2.0)
                    + Math.multiplyExact(rowsPerSecond, millis - 1000 * rampUpSeconds) / 1000;
        }
        return (long) (rowsPerSecond * seconds * seconds / (2.0 * rampUpSeconds));
    }

    /// When row `n` is due, in microseconds since the start.
    long microsOf(long n) {
        double ramped = rowsPerSecond * rampUpSeconds / 2.0;
        if (n >= ramped) {
            return rampUpSeconds * 1_000_000 + (long) ((n - (long) ramped) * 1e6 / rowsPerSecond);
        }
        return (long) (1e6 * Math.sqrt(2.0 * rampUpSeconds * n / rowsPerSecond));
    }
}
