package dev.thalweg.tests.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A query of a file `soak/*.sql`, written as `-- name: mode` over its text, which ends with `;`. Where the name is followed by
/// `, keeps N`, so many rows may stay for ever: a last version of each key, say; `, by the clock` where event time frees nothing.
///
/// @param mode its output mode
/// @param keeps rows that may stay when time has passed all that came
record SoakQuery(String name, String mode, String sql, long keeps) {
    private static final Path FILES = Path.of("src/test/resources/soak");
    private static final Pattern ENTRY = Pattern.compile("^-- ([^:\n]+): (\\w+)(?:, keeps (\\d+))?(, by the clock)?\n(.*?);\n",
            Pattern.MULTILINE | Pattern.DOTALL);

    static List<SoakQuery> all() throws IOException {
        List<SoakQuery> queries = new ArrayList<>();
        try (Stream<Path> files = Files.list(FILES)) {
            for (Path file : files.sorted().toList()) {
                Matcher entry = ENTRY.matcher(Files.readString(file));
                while (entry.find()) {
                    long keeps = entry.group(3) == null ? 0 : Long.parseLong(entry.group(3));
                    queries.add(new SoakQuery(entry.group(1), entry.group(2), entry.group(5), entry.group(4) == null ? keeps : Long.MAX_VALUE));
                }
            }
        }
        return queries;
    }

    /// Streams it reads: a query of two gets half of the events from each.
    int streams() {
        return sql.contains("others") ? 2 : 1;
    }

    /// Whether the rows it refuses go to a table.
    boolean keepsLateRows() {
        return name.contains("late rows");
    }

    @Override
    public String toString() {
        return name + ", " + mode;
    }
}
