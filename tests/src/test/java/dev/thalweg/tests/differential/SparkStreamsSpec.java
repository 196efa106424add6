package dev.thalweg.tests.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.spi.error.ThalwegException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
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
    private static final int REFUSED_MAX = 1;

    private static final Pattern DOUBLE = Pattern.compile("-?\\d+\\.\\d+(E-?\\d+)?");

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
                if (!asked.answer().isEmpty() && !isNearlySame(asked.answer(), answer)) {
                    wrong.add(asked.line() + "\n    Spark " + asked.answer() + "\n    ours  " + answer);
                } else if (asked.mode().equals("complete")) {
                    List<String> last = ofLastTrigger(answer);
                    List<String> batch = ours.batch(asked);
                    if (!isNearlySame(batch, last)) {
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

    /// The same, but for the last digits of doubles: sums are added up in another order.
    private static boolean isNearlySame(List<String> expected, List<String> actual) {
        return rounded(expected).equals(rounded(actual));
    }

    private static List<String> rounded(List<String> lines) {
        return lines.stream().map(line -> DOUBLE.matcher(line)
                .replaceAll(number -> new BigDecimal(number.group()).round(new MathContext(10)).stripTrailingZeros()
                        .toPlainString()))
                .toList();
    }

    private static List<String> ofLastTrigger(List<String> answer) {
        String prefix = StreamCases.ANSWER + (CASES.triggers() - 1) + ": ";
        return answer.stream().filter(line -> line.startsWith(prefix)).map(line -> line.substring(prefix.length()))
                .toList();
    }
}
