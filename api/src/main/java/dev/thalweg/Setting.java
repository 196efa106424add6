package dev.thalweg;

import dev.thalweg.spi.NearNames;
import dev.thalweg.spi.error.InvalidOption;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.file.LocalPath;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The settings of a session. Each exists once; Spark's name is accepted for one that means the same.
enum Setting {
    /// `asSoonAsPossible` (the default), `availableNow`, `once`, or an interval: of the queries that start after it.
    TRIGGER("thalweg.trigger", "", Setting::trigger),
    /// `none` (the default) or `flush`: when the input of a query ends, one last trigger emits its open windows.
    END_OF_INPUT("thalweg.endOfInput", "", Setting::endOfInput),
    /// The time zone in which timestamps are shown and texts without a zone are read. Default: the JVM's.
    TIME_ZONE("thalweg.sql.session.timeZone", "spark.sql.session.timeZone", Setting::zone),
    /// How many tasks share the work of a query, 1 to 128. Default: the number of cores. Spark's programs set more partitions
    /// than there can be tasks here, so more under its name is 128.
    TASKS("thalweg.sql.tasks", "spark.sql.shuffle.partitions", Setting::tasks),
    /// Off-heap memory that one query may hold, in bytes. Default: the JVM's maximum heap size.
    MEMORY("thalweg.memory.bytesMax", "", Setting::wholeNumber),
    /// Off-heap memory that the state of one query may hold, in bytes, from 1 MiB. Default: 4 GiB.
    STATE_MEMORY("thalweg.state.residentBytesMax", "", Setting::stateMemory),
    /// Off-heap memory that state may hold between triggers, in bytes; what is over waits on disk. At most, and by default,
    /// half of the former.
    STATE_CACHE("thalweg.state.cacheBytesMax", "", Setting::wholeNumber),
    /// Bytes of log after which a snapshot is written: a restart replays no more than about twice that. Default: 64 MiB, or as
    /// many as the state holds in memory where that is more, up to 1 GiB.
    SNAPSHOT_BYTES("thalweg.state.snapshotLogBytes", "", Setting::wholeNumber),
    /// How many snapshots are kept; the oldest is how far back a query can be recovered. Default: 2.
    SNAPSHOTS("thalweg.state.snapshotsRetained", "", Setting::wholeNumber),
    /// A directory below which queries without `checkpointLocation` keep their checkpoint, each under its name.
    CHECKPOINTS("thalweg.sql.streaming.checkpointLocation", "spark.sql.streaming.checkpointLocation",
            Setting::directory),
    /// `min` (the default) or `max`: how a query with several inputs takes its watermark from theirs.
    WATERMARK_POLICY("thalweg.sql.streaming.multipleWatermarkPolicy", "spark.sql.streaming.multipleWatermarkPolicy",
            Setting::watermarkPolicy),
    /// `allow`, `warn` (the default) or `refuse`: what becomes of a query with an operator whose state nothing frees.
    UNBOUNDED_STATE("thalweg.sql.unboundedState", "", Setting::unboundedState),
    /// How many rows the operators of one query may hold together as state; a trigger that needs more fails. Default: no limit.
    STATE_ROWS("thalweg.state.rowsMax", "", Setting::wholeNumber),
    /// How long queries keep a key of their state that nothing else frees and that no row reaches. Default: `none`, for ever.
    STATE_TTL("thalweg.sql.stateTtl", "", Setting::lifetime),
    /// An input that has brought nothing for so long no longer holds back the watermark of a union or a join. Default: it always
    /// does.
    IDLE_TIMEOUT("thalweg.sql.idleTimeout", "", Setting::interval),
    /// `true`: a stream of files without columns looks at the files that are there. Default: `false`.
    SCHEMA_INFERENCE("thalweg.sql.streaming.schemaInference", "spark.sql.streaming.schemaInference", Setting::flag);

    /// As many as there are key groups.
    private static final int TASKS_MAX = 128;

    private final String key;
    private final String sparkKey;
    @SuppressWarnings("ImmutableEnumChecker") // the checks keep nothing
    private final Check check;

    /// Says what of a value is kept.
    private interface Check {
        /// @param name of the setting as the user wrote it, for the refusal
        String accept(String name, String text);
    }

    Setting(String key, String sparkKey, Check check) {
        this.key = key;
        this.sparkKey = sparkKey;
        this.check = check;
    }

    String key() {
        return key;
    }

    static Optional<Setting> find(String name) {
        return Arrays.stream(values()).filter(s -> s.key.equalsIgnoreCase(name) || s.sparkKey.equalsIgnoreCase(name))
                .findFirst();
    }

    /// @throws InvalidOption when there is none of that name, with the nearest one
    static Setting named(String name) {
        return find(name).orElseThrow(() -> {
            List<String> keys = new ArrayList<>(Arrays.stream(values()).map(Setting::key).toList());
            String hint = NearNames.nearest(name, keys).map(n -> " Did you mean '" + n + "'?").orElse("");
            return new InvalidOption("THW-2006",
                    "Unknown setting '" + name + "'." + hint + " There are: " + String.join(", ", keys) + ".");
        });
    }

    /// The value to keep of what a user sets under one of the setting's names.
    ///
    /// @throws InvalidOption when it cannot be such a value
    String accept(String name, String value) {
        return check.accept(name, value);
    }

    private static String directory(String name, String text) {
        return LocalPath.of(name, text).toString();
    }

    private static String trigger(String name, String text) {
        try {
            if (!text.isBlank()) {
                dev.thalweg.streaming.Trigger.of(text);
                return text;
            }
        } catch (InvalidQuery | InvalidOption e) {
            // it is no interval, or none that there is: said below, with the words that it may be instead
        }
        throw new InvalidOption(name, text, "asSoonAsPossible, availableNow, once, or an interval such as '1 second'");
    }

    private static String tasks(String name, String text) {
        boolean isSparks = name.equalsIgnoreCase(TASKS.sparkKey);
        OptionalLong tasks = whole(text);
        if (tasks.isEmpty() || tasks.getAsLong() < 1 || (tasks.getAsLong() > TASKS_MAX && !isSparks)) {
            throw new InvalidOption(name, text, "a whole number from 1 " + (isSparks ? "up" : "to " + TASKS_MAX));
        }
        return Long.toString(Math.min(TASKS_MAX, tasks.getAsLong()));
    }

    private static String endOfInput(String name, String text) {
        return oneOf(name, text, "flush", "none");
    }

    private static String watermarkPolicy(String name, String text) {
        return oneOf(name, text, "min", "max");
    }

    private static String flag(String name, String text) {
        return oneOf(name, text, "true", "false");
    }

    private static String unboundedState(String name, String text) {
        if (!List.of("allow", "warn", "refuse").contains(text.toLowerCase(java.util.Locale.ROOT))) {
            throw new InvalidOption(name, text, "'allow', 'warn' or 'refuse'");
        }
        return text;
    }

    private static String interval(String name, String text) {
        TargetOptions.idleMillis(name, text);
        return text;
    }

    /// A length of time, or none.
    private static String lifetime(String name, String text) {
        return text.equalsIgnoreCase("none") ? "none" : interval(name, text);
    }

    private static String oneOf(String name, String text, String one, String other) {
        if (!text.equalsIgnoreCase(one) && !text.equalsIgnoreCase(other)) {
            throw new InvalidOption(name, text, "'" + one + "' or '" + other + "'");
        }
        return text;
    }

    private static String zone(String name, String text) {
        try {
            ZoneId.of(text);
            return text;
        } catch (DateTimeException e) {
            throw new InvalidOption(name, text, "a time zone, such as 'UTC' or 'Europe/Berlin'");
        }
    }

    private static String wholeNumber(String name, String text) {
        return atLeast(1, name, text);
    }

    private static String stateMemory(String name, String text) {
        return atLeast(1 << 20, name, text);
    }

    private static String atLeast(long least, String name, String text) {
        OptionalLong number = whole(text);
        if (number.isEmpty() || number.getAsLong() < least) {
            throw new InvalidOption(name, text, "a whole number from " + least + " up");
        }
        return text;
    }

    private static OptionalLong whole(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
