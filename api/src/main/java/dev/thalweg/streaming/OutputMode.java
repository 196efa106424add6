package dev.thalweg.streaming;

import dev.thalweg.spi.error.InvalidOption;
import java.util.Locale;

/// How a sink reads the changes of a result.
public enum OutputMode {
    APPEND, UPDATE, COMPLETE, CHANGELOG;

    /// Rows that are final.
    public static OutputMode Append() {
        return APPEND;
    }

    /// Rows that are new or changed since the last trigger.
    public static OutputMode Update() {
        return UPDATE;
    }

    /// The whole result.
    public static OutputMode Complete() {
        return COMPLETE;
    }

    /// Every change with its kind.
    public static OutputMode Changelog() {
        return CHANGELOG;
    }

    public static OutputMode of(String name) {
        for (OutputMode mode : values()) {
            if (mode.name().equalsIgnoreCase(name)) {
                return mode;
            }
        }
        throw new InvalidOption("outputMode", name, "append, update, complete or changelog");
    }

    public dev.thalweg.planner.incremental.OutputMode toPlan() {
        return dev.thalweg.planner.incremental.OutputMode.valueOf(name());
    }

    @Override
    public String toString() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }
}
