package dev.thalweg.source.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.source.SourceHarness;
import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.spi.source.Offset;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A socket source")
final class SocketSourceTest {
    @Test
    @DisplayName("gives each line once, and is exhausted when the connection ends; a restart cannot read again")
    void givesLines() throws IOException, InterruptedException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                SourceHarness source = new SourceHarness("socket",
                        Map.of("host", "localhost", "port", Integer.toString(server.getLocalPort())), null, null)) {
            Semaphore woken = new Semaphore(0);
            assertThat(source.source().onAvailable(woken::release)).isEmpty();
            Offset none = source.source().initial();
            try (Socket client = server.accept()) {
                client.getOutputStream().write("one\ntwo\n".getBytes(StandardCharsets.UTF_8));
                assertThat(woken.tryAcquire(2, 20, TimeUnit.SECONDS)).isTrue();
                assertThat(source.source().isExhausted(source.latest(none))).isFalse();
            }
            assertThat(woken.tryAcquire(1, 20, TimeUnit.SECONDS)).isTrue();
            Offset all = source.latest(none);
            assertThat(source.read(none, all)).isEqualTo(List.of(List.of("one"), List.of("two")));
            assertThat(source.source().isExhausted(none)).isFalse();
            assertThat(source.source().isExhausted(all)).isTrue();
            source.restart();
            assertThatThrownBy(() -> source.read(none, all)).isInstanceOf(Unavailable.class)
                    .hasMessageContaining("cannot be had again");
        }
    }

    @Test
    @DisplayName("says how to start a server when there is none")
    void needsAServer() throws IOException {
        int port;
        try (ServerSocket server = new ServerSocket(0)) {
            port = server.getLocalPort();
        }
        Map<String, String> options = Map.of("host", "localhost", "port", Integer.toString(port));
        assertThatThrownBy(() -> new SourceHarness("socket", options, null, null)).isInstanceOf(Unavailable.class)
                .hasMessageContaining("nc -lk");
    }
}
