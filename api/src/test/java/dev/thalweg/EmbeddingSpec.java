package dev.thalweg;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A program that embeds a session")
final class EmbeddingSpec {
    @Test
    @DisplayName("is told which flags its JVM lacks")
    void namesMissingFlags() throws Exception {
        assertThat(outputOf(List.of())).contains("THW-3055", "--add-opens=java.base/java.nio=ALL-UNNAMED")
                .doesNotContain("ExceptionInInitializerError");
    }

    @Test
    @DisplayName("needs no other flag than that one")
    void runsWithTheFlag() throws Exception {
        assertThat(outputOf(List.of("--add-opens=java.base/java.nio=ALL-UNNAMED"))).contains("|forty-two|");
    }

    private static String outputOf(List<String> flags) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(flags);
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                EmbeddingProgram.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return output;
    }
}
