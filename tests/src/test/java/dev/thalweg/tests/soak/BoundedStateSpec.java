package dev.thalweg.tests.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `-Dthalweg.soak.events=50000000` (the Maven profile `soak` does) runs each query over so many events; `-Dthalweg.soak.only=join` only those
/// in whose names that stands.
@DisplayName("The state of a query that time frees")
final class BoundedStateSpec {
    private static final long EVENTS = Long.getLong("thalweg.soak.events", 48_000);
    private static final String ONLY = System.getProperty("thalweg.soak.only", "");
    /// Each third of a run sees every way in which windows of up to 40 seconds and triggers of five can meet.
    private static final int TRIGGERS = EVENTS < 1_000_000 ? 24 : Soak.MANY_TRIGGERS;
    private static final List<String> LINES = new ArrayList<>();

    @TempDir
    Path directory;

    static List<SoakQuery> queries() throws IOException {
        return SoakQuery.all().stream().filter(query -> query.toString().contains(ONLY)).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("queries")
    @DisplayName("is no larger in the last third of a run than in the second, and gone when time has passed it")
    void staysFlat(SoakQuery query) throws IOException {
        try (Soak soak = new Soak(query, EVENTS, TRIGGERS, directory)) {
            SoakFigures figures = soak.run();
            LINES.add(figures.line());
            System.out.println(figures.line() + " " + figures.wrong());
            assertThat(figures.wrong()).as("%s", figures.line()).isEmpty();
        }
    }

    @AfterAll
    static void print() {
        System.out.println(SoakFigures.HEADER + "\n" + String.join("\n", LINES));
    }
}
