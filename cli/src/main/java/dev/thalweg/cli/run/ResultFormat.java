package dev.thalweg.cli.run;

import java.io.PrintStream;
import java.time.ZoneId;

/// How results are written (`--format`).
public enum ResultFormat {
    TABLE, CSV, JSON;

    /// @param zone in which times are shown
    public ResultWriter writer(PrintStream out, ZoneId zone) {
        return switch (this) {
            case TABLE -> new TableWriter(out, zone);
            case CSV -> new CsvWriter(out, zone);
            case JSON -> new JsonWriter(out, zone);
        };
    }
}
