package dev.thalweg.tests.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What a user asks of the benchmark")
final class BenchArgumentsTest {
    @TempDir
    private Path directory;

    private BenchArguments of(String... words) {
        return BenchArguments.of(directory, List.of(words));
    }

    private void refuses(String message, String... words) {
        assertThatIllegalArgumentException().isThrownBy(() -> of(words)).withMessageContaining(message);
    }

    @Test
    @DisplayName("is a query by its name, on Thalweg alone, ten million rows, three JVMs of three runs")
    void usual() {
        BenchArguments wanted = of("word-count");
        assertThat(wanted.workloads()).containsExactly(Workload.WORD_COUNT);
        assertThat(wanted.contenders()).containsExactly(Contender.THALWEG);
        assertThat(wanted.effort()).isEqualTo(new BenchArguments.Effort(10_000_000, 3, 3, 1, 1));
        assertThat(wanted.encoding(Workload.WORD_COUNT)).isEqualTo(Input.Encoding.TEXT);
        assertThat(wanted.use()).isEmpty();
    }

    @Test
    @DisplayName("is more than one query, all of NEXMark's by one name, and the effort")
    void manyQueries() {
        BenchArguments wanted = of("nexmark", "yahoo", "--events", "500", "--turns", "1", "--rounds", "9",
                "--warm-up", "4");
        assertThat(wanted.workloads()).contains(Workload.Q0, Workload.Q12, Workload.Q22, Workload.YAHOO)
                .doesNotContain(Workload.WORD_COUNT, Workload.WINDOWED_COUNT);
        assertThat(wanted.effort()).isEqualTo(new BenchArguments.Effort(500, 1, 9, 4, 1));
    }

    @Test
    @DisplayName("names engines, each with every state store it has")
    void engines() {
        assertThat(of("q0", "--vs", "flink,duckdb").contenders()).containsExactly(Contender.THALWEG,
                Contender.FLINK_HEAP, Contender.FLINK_ROCKSDB, Contender.DUCKDB);
        assertThat(of("q0", "--vs", "spark").contenders()).containsExactly(Contender.THALWEG, Contender.SPARK_HEAP,
                Contender.SPARK_ROCKSDB);
        assertThat(of("q0", "--vs", "spark-heap,flink-rocksdb").contenders()).containsExactly(Contender.THALWEG,
                Contender.SPARK_HEAP, Contender.FLINK_ROCKSDB);
    }

    @Test
    @DisplayName("reads its input several times over, but not where its rows would be late then")
    void repeats() {
        assertThat(of("q17", "word-count", "--repeat", "5").effort().repeats()).isEqualTo(5);
        refuses("--repeat is not for q5-count, yahoo: by event time, rows that come again are late", "q5-count", "q17",
                "yahoo", "--repeat", "5");
    }

    @Test
    @DisplayName("names a format, which inputs that have only one do not heed")
    void format() {
        BenchArguments wanted = of("q0", "word-count", "--format", "json");
        assertThat(wanted.encoding(Workload.Q0)).isEqualTo(Input.Encoding.JSON);
        assertThat(wanted.encoding(Workload.YAHOO)).isEqualTo(Input.Encoding.JSON);
        assertThat(wanted.encoding(Workload.WORD_COUNT)).isEqualTo(Input.Encoding.TEXT);
    }

    @Test
    @DisplayName("is refused with what is wrong: no query, an unknown word, no number")
    void refusals() {
        refuses("no query is named");
        refuses("there is no query 'q99'", "q99");
        refuses("there is no option --fast", "q0", "--fast");
        refuses("there is no engine 'oracle'", "q0", "--vs", "oracle");
        refuses("--events needs a number from 1 up, not 'many'", "q0", "--events", "many");
        refuses("--turns needs a number from 1 up to 1000, not '99999999999'", "q0", "--turns", "99999999999");
        refuses("--rounds needs a value", "q0", "--rounds");
        refuses("--warm-up 3 leaves none of 3 rounds", "q0", "--warm-up", "3");
        refuses("--format is parquet or json, not 'xml'", "q0", "--format", "xml");
    }

    @Test
    @DisplayName("takes real flights only from where they are")
    void flights() throws IOException {
        refuses("the real flights are not here", "flights-by-day");
        refuses("the real flights are not in " + directory, "flights-by-day", "--data", directory.toString());
        Files.createFile(directory.resolve(BenchFiles.FLIGHTS));
        assertThat(of("flights-by-day", "--data", directory.toString()).data()).contains(directory);
    }

    @Test
    @DisplayName("checks against a file that is there, and does not check and record at once")
    void recordedFigures() throws IOException {
        Path file = directory.resolve("recorded.jsonl");
        refuses("there are no figures to check against", "q0", "--check", "--recorded", file.toString());
        assertThat(of("q0", "--record", "--recorded", file.toString()).use())
                .containsExactly(BenchArguments.Use.RECORD);
        Files.createFile(file);
        assertThat(of("q0", "--check", "--recorded", file.toString()).recorded()).isEqualTo(file);
        refuses("exclude each other", "q0", "--check", "--record", "--recorded", file.toString());
    }
}
