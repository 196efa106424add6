package dev.thalweg.tests.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.spi.error.ThalwegException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Spark's rows for each trigger, once it has settled, are ours. Until Spark was asked, what is known without it must hold: a
/// query runs, and the whole result after the last trigger is what a batch query over the same rows gives.
@DisplayName("Streaming queries, as Spark 4.2 answers them")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SparkStreamsSpec {
    private static final StreamCases CASES = StreamCases.read(Path.of("src/test/resources/spark/streams.txt"));
    /// So many queries of Spark's are refused: there may only be fewer.
    private static final int REFUSED_MAX = 80;

    private final OurStreams ours = new OurStreams(CASES);

    @AfterAll
    void close() {
        ours.close();
    }

    @Test
    @DisplayName("give in each trigger what Spark gives, and in complete mode the batch answer")
    void answerAsSpark() {
        List<String> wrong = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (StreamCases.Case asked : CASES.cases()) {
            try {
                List<String> answer = ours.to(asked);
                if (!asked.answer().isEmpty() && !asked.answer().equals(answer)) {
                    wrong.add(asked.line() + "\n    Spark " + asked.answer() + "\n    ours  " + answer);
                } else if (asked.mode().equals("complete")) {
                    List<String> last = ofLastTrigger(answer);
                    List<String> batch = ours.batch(asked);
                    if (!last.equals(batch)) {
                        wrong.add(asked.line() + "\n    batch  " + batch + "\n    stream " + last);
                    }
                }
            } catch (ThalwegException e) {
                refused.add(asked.line() + "\n    " + e.code());
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(refused.size()).as("refused: %s", String.join("\n", refused)).isLessThanOrEqualTo(REFUSED_MAX);
    }

    private static List<String> ofLastTrigger(List<String> answer) {
        String prefix = StreamCases.ANSWER + (CASES.triggers() - 1) + ": ";
        return answer.stream().filter(line -> line.startsWith(prefix)).map(line -> line.substring(prefix.length()))
                .toList();
    }
}
