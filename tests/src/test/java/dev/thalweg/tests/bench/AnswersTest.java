package dev.thalweg.tests.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Two answers to a query")
final class AnswersTest {
    @TempDir
    private Path directory;

    private InputFiles lines = new InputFiles(Input.LINES, Input.Encoding.TEXT, Path.of(""), 1);

    @BeforeEach
    void makeInput() throws Exception {
        lines = new BenchFiles(directory, 42, Optional.empty()).make(Input.LINES, Input.Encoding.TEXT, 100).files();
    }

    private Path answer(String name, String... rows) throws IOException {
        Path files = Files.createDirectories(directory.resolve(name));
        Files.writeString(files.resolve("part.csv"), String.join("\n", rows) + "\n");
        return files;
    }

    private long compare(Path expected, Path actual) throws SQLException {
        return new Answers(Dialect.FLINK, Workload.WORD_COUNT, lines).compare(expected, actual);
    }

    @Test
    @DisplayName("are equal in any order, under any names, quoted or not")
    void equal() throws Exception {
        assertThat(compare(answer("one", "word,n", "ba,2", "\"da\",3"), answer("other", "a,b", "da,3", "ba,2")))
                .isEqualTo(2);
    }

    @Test
    @DisplayName("differ by a value, and say by which rows")
    void different() throws Exception {
        Path one = answer("one", "word,n", "ba,2", "da,3");
        Path other = answer("other", "word,n", "ba,2", "da,4");
        assertThatIllegalStateException().isThrownBy(() -> compare(one, other)).withMessageContaining("'n': 3}")
                .withMessageContaining("'n': 4}").withMessageNotContaining("'n': 2}");
    }

    @Test
    @DisplayName("differ by how often a row occurs")
    void oftener() throws Exception {
        Path one = answer("one", "word,n", "ba,2", "ba,2");
        Path other = answer("other", "word,n", "ba,2");
        assertThatIllegalStateException().isThrownBy(() -> compare(one, other)).withMessageContaining("'n': 2}");
    }

    @Test
    @DisplayName("over windows of the clock are equal when their sums are")
    void clock() throws Exception {
        InputFiles bids = new InputFiles(Input.BIDS, Input.Encoding.JSON, directory.resolve("bids"), 1);
        Files.createDirectories(bids.rows());
        Files.writeString(bids.rows().resolve("part.json"), "{\"bidder\":1}\n");
        Path one = answer("one", "bidder,n,start,finish", "1,2,2026-01-01 00:00:00,2026-01-01 00:00:10",
                "1,5,2026-01-01 00:00:10,2026-01-01 00:00:20");
        Path other = answer("other", "bidder,n,start,finish", "1,7,2026-02-01 00:00:00,2026-02-01 00:00:10");
        assertThat(new Answers(Dialect.FLINK, Workload.Q12, bids).compare(one, other)).isEqualTo(1);
    }

    @Test
    @DisplayName("are equal where means of DOUBLE differ in the last digits, by the order of adding, and no further")
    void fractions() throws Exception {
        InputFiles bids = new InputFiles(Input.BIDS, Input.Encoding.JSON, directory.resolve("bids"), 1);
        Files.createDirectories(bids.rows());
        Files.writeString(bids.rows().resolve("part.json"),
                "{\"auction\":1,\"bidder\":1,\"price\":5,\"dateTime\":\"2026-01-01T00:00:00Z\"}\n");
        String head = "auction,day,total_bids,rank1_bids,rank2_bids,rank3_bids,min_price,max_price,avg_price,sum_price";
        String row = "1,2026-01-01,3,1,1,1,1,9,%s,15";
        Path ours = answer("ours", head, row.formatted("15.611996888975307"), row.formatted("2.5E-12"),
                row.formatted(""));
        Path theirs = answer("theirs", head, row.formatted("15.611996888975305"), row.formatted("0.0000000000025"),
                row.formatted(""));
        Path others = answer("others", head, row.formatted("15.6119969"), row.formatted("2.5E-12"), row.formatted(""));
        Answers answers = new Answers(Dialect.FLINK, Workload.Q17, bids);
        assertThat(answers.compare(ours, theirs)).isEqualTo(3);
        assertThatIllegalStateException().isThrownBy(() -> answers.compare(ours, others));
    }
}
