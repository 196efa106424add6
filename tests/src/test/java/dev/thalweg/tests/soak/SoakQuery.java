package dev.thalweg.tests.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A query of a file `soak/*.sql`, written as `-- name: mode` over its text, which ends with `;`. Behind the mode may stand, after
/// commas: `lives 20 seconds`, a time to live of what no row reaches; `keeps 10`, rows that stay whatever time it is, such as the last version of each of ten keys; `by the clock`, where event
/// time frees nothing; `on disk`, where no state stays in memory between triggers; `late rows into a table`.
///
/// @param mode its output mode
/// @param more what stands behind it
record SoakQuery(String name, String mode, List<String> more, String sql) {
    private static final Path FILES = Path.of("src/test/resources/soak");
    private static final Pattern ENTRY = Pattern.compile("^-- ([^:\n]+): (\\w+)(?:, ([^\n]+))?\n(.*?);\n",
            Pattern.MULTILINE | Pattern.DOTALL);

    static List<SoakQuery> all() throws IOException {
        List<SoakQuery> queries = new ArrayList<>();
        try (Stream<Path> files = Files.list(FILES)) {
            for (Path file : files.sorted().toList()) {
                Matcher entry = ENTRY.matcher(Files.readString(file));
                while (entry.find()) {
                    List<String> more = entry.group(3) == null ? List.of() : List.of(entry.group(3).split(", "));
                    queries.add(new SoakQuery(entry.group(1), entry.group(2), more, entry.group(4)));
                }
            }
        }
        return queries;
    }

    /// Streams it reads: a query of two gets half of the events from each.
    int streams() {
        return sql.contains("others") ? 2 : 1;
    }

    /// Rows that may stay when time has passed all that came.
    long keeps() {
        return more.stream().filter(word -> word.startsWith("keeps "))
                .mapToLong(word -> Long.parseLong(word.substring("keeps ".length()))).sum();
    }

    /// A time to live, or `none`.
    String lives() {
        return more.stream().filter(word -> word.startsWith("lives ")).map(word -> word.substring("lives ".length()))
                .findFirst().orElse("none");
    }

    boolean isFreedByEventTime() {
        return !more.contains("by the clock");
    }

    boolean isOnDisk() {
        return more.contains("on disk");
    }

    boolean keepsLateRows() {
        return more.contains("late rows into a table");
    }

    @Override
    public String toString() {
        return name + ", " + mode + (isOnDisk() ? ", on disk" : "")
                + (lives().equals("none") ? "" : ", lives " + lives());
    }
}
