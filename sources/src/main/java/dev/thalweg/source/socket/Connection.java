package dev.thalweg.source.socket;

import dev.thalweg.spi.error.Unavailable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The lines that a connection has brought and nobody has committed yet, numbered on from those of earlier runs.
///
/// **Thread** A virtual thread of its own reads; the rest is called by the query's threads.
final class Connection implements AutoCloseable {
    private static final int CONNECT_MILLIS_MAX = 10_000;

    /// @param micros when it came
    record Line(String text, long micros) {}

    private final String host;
    private final int port;
    private final Clock clock;
    private final Socket socket = new Socket();
    private final List<Line> lines = new ArrayList<>();
    /// The number of the first line of `lines`; negative until the query has said where this run begins.
    private long first = -1;
    private boolean ended;
    private boolean closed;
    private @Nullable IOException problem;
    private Runnable listener = () -> {};

    Connection(String host, int port, Clock clock) {
        this.host = host;
        this.port = port;
        this.clock = clock;
        try {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS_MAX);
        } catch (IOException e) {
            throw new Unavailable("THW-2019", "Cannot connect to " + address() + ": " + e.getMessage()
                    + ". Start the server first, for example with 'nc -lk " + port + "', or check host and port.", e);
        }
        Thread.ofVirtual().name("thalweg-socket").start(this::receive);
    }

    private void receive() {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            String line = reader.readLine();
            while (line != null) {
                add(new Line(line, clock.millis() * 1000));
                line = reader.readLine();
            }
            end(null);
        } catch (IOException e) {
            end(e);
        }
    }

    private void add(Line line) {
        Runnable told;
        synchronized (this) {
            lines.add(line);
            told = listener;
        }
        told.run();
    }

    private void end(@Nullable IOException e) {
        Runnable told;
        synchronized (this) {
            ended = true;
            problem = closed ? null : e;
            told = listener;
        }
        told.run();
    }

    String address() {
        return host + ":" + port;
    }

    /// Says how many lines earlier runs have received; the first call counts.
    synchronized void beginAt(long number) {
        if (first < 0) {
            first = number;
        }
    }

    synchronized long first() {
        return first;
    }

    synchronized long received() {
        if (problem != null) {
            throw new Unavailable("THW-2019", "The connection to " + address() + " broke: " + problem.getMessage()
                    + ". Start the query again; lines it had not committed are lost.", problem);
        }
        return Math.max(0, first) + lines.size();
    }

    synchronized boolean hasEnded() {
        return ended;
    }

    synchronized List<Line> lines(long from, long to) {
        return List.copyOf(lines.subList((int) (from - first), (int) (to - first)));
    }

    synchronized void forget(long number) {
        int count = (int) Math.min(lines.size(), number - first);
        if (first >= 0 && count > 0) {
            lines.subList(0, count).clear();
            first += count;
        }
    }

    synchronized void onLine(Runnable wakeUp) {
        listener = wakeUp;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        try {
            socket.close();
        } catch (IOException _) {
            // it is no longer of use
        }
    }
}
