package dev.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The shipped examples")
final class ExamplesSpec {
    private static final Path EXAMPLES = Path.of("..", "examples").toAbsolutePath().normalize();

    private static String statements(String file) throws IOException {
        return Files.readString(EXAMPLES.resolve(file)).replace("'examples/", "'" + EXAMPLES + "/");
    }

    private static CommandRun run(String sql) {
        CommandRun run = CommandRun.of("sql", "-e", sql);
        assertThat(run.exitCode()).as(run.messages()).isZero();
        return run;
    }

    @Test
    @DisplayName("flight-delays shows each week's delays while its flights arrive")
    void flightDelays() throws IOException {
        String results = run(statements("flight-delays.sql")).results();
        assertThat(results.lines().filter(line -> line.startsWith("-- trigger")).count()).isEqualTo(12);
        assertThat(results).contains("|2001-03-29 00:00:00|TX   |77     |0.0      |0           |");
    }

    @Test
    @DisplayName("trending-hashtags shows the tags that trend, and at last the busiest")
    void trendingHashtags() throws IOException {
        assertThat(run(statements("trending-hashtags.sql")).results()).contains("-- trigger")
                .contains("|2024-05-03 08:06:00|#rain    |200|");
    }

    @Test
    @DisplayName("sensor-lab counts by activity, averages over a cube and counts in sliding windows")
    void sensorLab() throws IOException {
        assertThat(run(statements("sensor-lab.sql")).results()).contains("-- trigger")
                .contains("|walk      |519     |6    |").contains("|2015-02-24 14:00:10|2015-02-24 14:00:25|293     |");
    }

    @Test
    @DisplayName("five-six-three alerts once for each 5, 6, 3 in a row, by the times of the codes")
    void fiveSixThree() throws IOException {
        assertThat(run(statements("five-six-three.sql")).results().lines().filter(line -> line.startsWith("|")))
                .contains("|boiler|2026-03-01 08:00:00|2026-03-01 08:00:04|",
                        "|valve |2026-03-01 08:00:11|2026-03-01 08:00:14|",
                        "|valve |2026-03-01 08:00:23|2026-03-01 08:00:25|")
                .noneMatch(line -> line.startsWith("|pump"));
    }

    @Test
    @DisplayName("trades-and-quotes lays the last quote beside each trade, and adds up what was paid above the middle")
    void tradesAndQuotes() throws IOException {
        assertThat(run(statements("trades-and-quotes.sql")).results()).contains("|ACME  |24    |5.000000  |")
                .contains("|INIT  |2026-01-05 14:30:01.096|250.00|249.90|250.00|500   |");
    }

    @Test
    @DisplayName("socket-word-count counts until the other side hangs up")
    void socketWordCount() throws IOException, InterruptedException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread speaker = Thread.ofPlatform().start(() -> speak(server));
            String sql = statements("socket-word-count.sql").replace("9999", Integer.toString(server.getLocalPort()));
            assertThat(run(sql).results()).contains("-- trigger").contains("|be  |2").contains("|or  |1");
            speaker.join();
        }
    }

    private static void speak(ServerSocket server) {
        try (Socket socket = server.accept(); OutputStream out = socket.getOutputStream()) {
            out.write("to be or not to be\n".getBytes(UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
