package dev.thalweg.sink.file;

import dev.thalweg.spi.error.Unavailable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Keeps an output directory to one writer at a time: two would clear away each other's stage and give two triggers one
/// number. The operating system frees the lock when the process dies.
///
/// **Errors** [Unavailable] while another writes there, in this process or in another.
final class WriterLock implements AutoCloseable {
    private static final String FILE = "lock";

    private final FileChannel channel;

    private WriterLock(FileChannel channel) {
        this.channel = channel;
    }

    /// @param directory of the manifest
    static WriterLock take(Path output, Path directory) throws IOException {
        FileChannel channel = FileChannel.open(directory.resolve(FILE), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return new WriterLock(channel);
            }
        } catch (OverlappingFileLockException _) {
            // somebody in this process has it
        }
        channel.close();
        throw new Unavailable("THW-5079", "Another INSERT or query is writing to " + output
                + " at this moment. Wait until it has ended, or write to another path.");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
