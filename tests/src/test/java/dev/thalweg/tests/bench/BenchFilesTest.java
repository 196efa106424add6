package dev.thalweg.tests.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The benchmark's files")
final class BenchFilesTest {
    @TempDir
    private Path directory;

    private static String query(List<String> before, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = connection.createStatement()) {
            for (String statement : before) {
                sql.execute(statement);
            }
            try (ResultSet result = sql.executeQuery(query)) {
                result.next();
                return result.getString(1);
            }
        }
    }

    @Test
    @DisplayName("are the same whoever makes them, and are made once")
    void sameSeedSameFiles() throws Exception {
        BenchFiles files = new BenchFiles(directory.resolve("one"), 42, Optional.empty());
        BenchFiles.Made made = files.make(Input.EVENTS, Input.Encoding.JSON, 1_000);
        assertThat(new BenchFiles(directory.resolve("other"), 42, Optional.empty())
                .make(Input.EVENTS, Input.Encoding.JSON, 1_000).description()).isEqualTo(made.description())
                .startsWith("events: seed 42, 1,000 rows, 20 files");
        Files.delete(made.files().rows().resolve("part-00.json"));
        assertThat(files.make(Input.EVENTS, Input.Encoding.JSON, 1_000)).isEqualTo(made);
    }

    @Test
    @DisplayName("are dealt to two files, every second row to each, which are still in order and have the same rows")
    void deal() throws Exception {
        BenchFiles files = new BenchFiles(directory, 42, Optional.empty());
        for (Input.Encoding encoding : List.of(Input.Encoding.JSON, Input.Encoding.PARQUET)) {
            InputFiles ads = files.make(Input.ADS, encoding, 2_000).files();
            files.deal(ads);
            try (Stream<Path> hands = Files.list(ads.dealt())) {
                assertThat(hands).hasSize(2);
            }
            InputFiles dealt = new InputFiles(Input.ADS, encoding, ads.directory().resolve("dealt-again"),
                    1);
            Files.createDirectories(dealt.directory());
            Files.createSymbolicLink(dealt.rows(), ads.dealt());
            Files.createSymbolicLink(dealt.side(Input.Side.CAMPAIGNS), ads.side(Input.Side.CAMPAIGNS));
            String sum = "SELECT count(*) || ' ' || bit_xor(hash(event_time, ip_address)) FROM ads";
            assertThat(query(dealt.duckTables(), sum)).isEqualTo(query(ads.duckTables(), sum)).startsWith("2000 ");
        }
    }

    @Test
    @DisplayName("are read several times over by links, in ten triggers as before")
    void repeated() throws Exception {
        BenchFiles files = new BenchFiles(directory, 42, Optional.empty());
        BenchFiles.Made once = files.make(Input.LINES, Input.Encoding.TEXT, 100);
        BenchFiles.Made thrice = files.repeat(once, 3);
        assertThat(query(thrice.files().duckTables(), "SELECT count(*) FROM lines")).isEqualTo("300");
        assertThat(thrice.rows()).isEqualTo(300);
        assertThat(thrice.files().filesATrigger()).isEqualTo(6);
        assertThat(thrice.description()).isEqualTo(once.description() + ", 3 times");
        assertThat(files.repeat(once, 3)).isEqualTo(thrice);
        assertThat(files.repeat(once, 1)).isEqualTo(once);
    }

    @Test
    @DisplayName("of ads know a campaign for each")
    void campaigns() throws Exception {
        InputFiles ads = new BenchFiles(directory, 42, Optional.empty()).make(Input.ADS, Input.Encoding.JSON, 500)
                .files();
        assertThat(query(ads.duckTables(), "SELECT count(*) FROM ads JOIN campaigns ON ad_id = ad")).isEqualTo("500");
        assertThat(query(ads.duckTables(), "SELECT count(DISTINCT campaign) FROM campaigns")).isEqualTo("100");
    }

    @Test
    @DisplayName("of real flights repeat them as often as asked for, each time later")
    void flights() throws Exception {
        query(List
                .of("""
                        COPY (SELECT TIMESTAMP '2001-01-01' + to_minutes(i::INTEGER) AS date, i AS delay, 100 AS distance, 'A' AS origin,
                        'B' AS destination FROM range(30) r(i)) TO '%s' (FORMAT parquet)"""
                        .formatted(directory.resolve(BenchFiles.FLIGHTS))),
                "SELECT 1");
        InputFiles flights = new BenchFiles(directory.resolve("made"), 42, Optional.of(directory))
                .make(Input.FLIGHTS, Input.Encoding.PARQUET, 75).files();
        assertThat(query(flights.duckTables(),
                "SELECT count(*) || ' ' || sum(delay) || ' ' || max(departed) FROM flights"))
                .isEqualTo("75 975 2001-12-29 00:14:00");
    }
}
