package dev.thalweg;

import dev.thalweg.spi.NearNames;
import dev.thalweg.spi.error.InvalidOption;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The settings of a session. Each exists once; Spark's name is accepted for one that means the same.
enum Setting {
    /// `asSoonAsPossible` (the default), `availableNow`, `once`, or an interval: of the queries that start after it.
    TRIGGER("thalweg.trigger", "", Setting::trigger),
    /// `none` (the default) or `flush`: when the input of a query ends, one last trigger emits its open windows.
    END_OF_INPUT("thalweg.endOfInput", "", Setting::endOfInput),
    /// The time zone in which timestamps are shown and texts without a zone are read. Default: the JVM's.
    TIME_ZONE("thalweg.sql.session.timeZone", "spark.sql.session.timeZone", Setting::zone),
    /// How many tasks share the work of a query, 1 to 128. Default: the number of cores.
    TASKS("thalweg.sql.tasks", "spark.sql.shuffle.partitions", Setting::tasks),
    /// Off-heap memory that one query may hold, in bytes. Default: the JVM's maximum heap size.
    MEMORY("thalweg.memory.bytesMax", "", Setting::wholeNumber),
    /// Off-heap memory that the state of one query may hold, in bytes, from 1 MiB. Default: 4 GiB.
    STATE_MEMORY("thalweg.state.residentBytesMax", "", Setting::stateMemory),
    /// Off-heap memory that state may hold between triggers, in bytes; what is over waits on disk. At most, and by default,
    /// half of the former.
    STATE_CACHE("thalweg.state.cacheBytesMax", "", Setting::wholeNumber),
    /// Bytes of log after which a snapshot is written: a restart replays no more than about twice that. Default: 64 MiB.
    SNAPSHOT_BYTES("thalweg.state.snapshotLogBytes", "", Setting::wholeNumber),
    /// How many snapshots are kept; the oldest is how far back a query can be recovered. Default: 2.
    SNAPSHOTS("thalweg.state.snapshotsRetained", "", Setting::wholeNumber),
    /// A directory below which queries without `checkpointLocation` keep their checkpoint, each under its name.
    CHECKPOINTS("thalweg.sql.streaming.checkpointLocation", "spark.sql.streaming.checkpointLocation", text -> {}),
    /// `min` (the default) or `max`: how a query with several inputs takes its watermark from theirs.
    WATERMARK_POLICY("thalweg.sql.streaming.multipleWatermarkPolicy", "spark.sql.streaming.multipleWatermarkPolicy",
            Setting::watermarkPolicy),
    /// `true`: a stream of files without columns looks at the files that are there. Default: `false`.
    SCHEMA_INFERENCE("thalweg.sql.streaming.schemaInference", "spark.sql.streaming.schemaInference", Setting::flag);

    /// As many as there are key groups.
    private static final int TASKS_MAX = 128;

    private final String key;
    private final String sparkKey;
    @SuppressWarnings("ImmutableEnumChecker") // the checks keep nothing
    private final Consumer<String> check;

    Setting(String key, String sparkKey, Consumer<String> check) {
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

    void check(String value) {
        check.accept(value);
    }

    private static void trigger(String text) {
        if (text.isBlank()) {
            throw new InvalidOption("thalweg.trigger", text,
                    "asSoonAsPossible, availableNow, once, or an interval such as '1 second'");
        }
        dev.thalweg.streaming.Trigger.of(text);
    }

    private static void tasks(String text) {
        try {
            long tasks = Long.parseLong(text.strip());
            if (tasks >= 1 && tasks <= TASKS_MAX) {
                return;
            }
        } catch (NumberFormatException e) {
            // falls through to the one refusal below
        }
        throw new InvalidOption("thalweg.sql.tasks", text, "a whole number from 1 to " + TASKS_MAX);
    }

    private static void endOfInput(String text) {
        if (!text.equalsIgnoreCase("flush") && !text.equalsIgnoreCase("none")) {
            throw new InvalidOption("thalweg.endOfInput", text, "'flush' or 'none'");
        }
    }

    private static void zone(String text) {
        try {
            ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new InvalidOption("thalweg.sql.session.timeZone", text,
                    "a time zone, such as 'UTC' or 'Europe/Berlin'");
        }
    }

    private static void wholeNumber(String text) {
        try {
            if (Long.parseLong(text.strip()) >= 1) {
                return;
            }
        } catch (NumberFormatException e) {
            // falls through to the one refusal below
        }
        throw new InvalidOption("a number of tasks or bytes", text, "a whole number from 1 up");
    }

    private static void stateMemory(String text) {
        wholeNumber(text);
        if (Long.parseLong(text.strip()) < 1 << 20) {
            throw new InvalidOption("thalweg.state.residentBytesMax", text, "a whole number from " + (1 << 20) + " up");
        }
    }

    private static void watermarkPolicy(String text) {
        if (!text.equalsIgnoreCase("min") && !text.equalsIgnoreCase("max")) {
            throw new InvalidOption("thalweg.sql.streaming.multipleWatermarkPolicy", text, "'min' or 'max'");
        }
    }

    private static void flag(String text) {
        if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            throw new InvalidOption("thalweg.sql.streaming.schemaInference", text, "true or false");
        }
    }
}
