package dev.thalweg.cli.run;

import java.io.PrintStream;
import java.time.ZoneId;
import java.util.Arrays;

/// How results are written (`--format`).
public enum ResultFormat {
    TABLE, CSV, JSON;

    static ResultFormat named(String name) {
        return Arrays.stream(values()).filter(format -> format.name().equalsIgnoreCase(name)).findFirst()
                .orElseThrow(() -> new WrongUsage("Option --format is '" + name + "'; it must be table, csv or json."));
    }

    /// Begins a result in this format.
    ///
    /// @param zone in which times are shown
    public ResultWriter writer(PrintStream out, ZoneId zone) {
        return switch (this) {
            case TABLE -> new TableWriter(out, zone);
            case CSV -> new CsvWriter(out, zone);
            case JSON -> new JsonWriter(out, zone);
        };
    }
}
