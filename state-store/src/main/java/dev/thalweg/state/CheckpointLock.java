package dev.thalweg.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.spi.error.Unavailable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/// Keeps every other process off a checkpoint. The kernel frees it when its holder dies, however that happens.
///
/// The file `lock` holds the epoch, which counts the holders and stands in every record of the log; `lock.owner` says who
/// holds it, for people and for a second query of this same process.
///
/// A process that closes any handle of a locked file loses its lock without a word. So the locked file is opened only after
/// the owner has been looked at, by one thread at a time; and where the owner file was wrong, because somebody deleted it,
/// the second handle stays open until the process ends.
final class CheckpointLock implements AutoCloseable {
    static final String FILE = "lock";
    static final String OWNER_FILE = "lock.owner";

    private final Path file;
    private final Path owner;
    private final FileChannel channel;
    private final long epoch;
    private final Optional<Object> fileKey;

    private CheckpointLock(Path directory, FileChannel channel, long epoch) throws IOException {
        this.file = directory.resolve(FILE);
        this.owner = directory.resolve(OWNER_FILE);
        this.channel = channel;
        this.epoch = epoch;
        this.fileKey = fileKey(file);
    }

    static CheckpointLock take(Path directory) {
        synchronized (CheckpointLock.class) {
            Path owner = directory.resolve(OWNER_FILE);
            String holder = holder(owner);
            if (holder.equals(thisProcess())) {
                throw refused(directory, "this process (" + holder + ")");
            }
            try {
                return locked(directory, owner, holder);
            } catch (IOException e) {
                throw new Unavailable("THW-5034", "Checkpoint " + directory + " cannot be locked: " + e
                        + ". Check that the directory may be written and that its file system has locks.", e);
            }
        }
    }

    private static CheckpointLock locked(Path directory, Path owner, String holder) throws IOException {
        FileChannel channel = FileChannel.open(directory.resolve(FILE), StandardOpenOption.CREATE,
                StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw refused(directory, holder.isEmpty() ? "another process" : holder);
            }
            long epoch = readEpoch(channel) + 1;
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((epoch + "\n").getBytes(UTF_8)), 0);
            channel.force(true);
            Files.writeString(owner, thisProcess());
            return new CheckpointLock(directory, channel, epoch);
        } catch (OverlappingFileLockException e) {
            keepOpen(channel);
            throw refused(directory, "this process (" + thisProcess() + ")");
        } catch (IOException | RuntimeException e) {
            channel.close(); // this process holds no lock on the file that it could lose
            throw e;
        }
    }

    /// Never closed, nor collected: that would free the lock that this process holds.
    private static void keepOpen(FileChannel channel) {
        try {
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(channel::isOpen));
        } catch (IllegalStateException e) {
            return; // the process ends, and with it the lock
        }
    }

    long epoch() {
        return epoch;
    }

    /// Refuses to go on where the lock is lost: its file is gone, or another process has it, which file systems without
    /// working locks let happen. Costs microseconds; to be called before each trigger is written.
    void check() {
        boolean held;
        try {
            held = fileKey(file).equals(fileKey) && readEpoch(channel) == epoch;
        } catch (IOException e) {
            held = false;
        }
        if (!held) {
            String other = holder(owner);
            throw new Unavailable("THW-5048", "Checkpoint " + file.getParent()
                    + " is no longer this query's: its file '"
                    + FILE + "' is gone or was taken" + (other.isEmpty() ? "" : " by " + other)
                    + ". Nothing more is written. See that one query uses the checkpoint, on a file system with locks, and"
                    + " start it again: it goes on where it was.");
        }
    }

    /// Tells files apart without opening them.
    private static Optional<Object> fileKey(Path file) throws IOException {
        return Optional.ofNullable(Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    }

    @Override
    public void close() {
        if (!channel.isOpen()) {
            return; // by now it may be another's
        }
        try {
            synchronized (CheckpointLock.class) {
                Files.deleteIfExists(owner);
                channel.close();
            }
        } catch (IOException e) {
            throw new Unavailable("THW-5034", "The lock of checkpoint " + owner.getParent() + " cannot be freed: " + e
                    + ". It is freed when this process ends.", e);
        }
    }

    /// Who holds it, as far as anyone says; empty when nobody does.
    static String holder(Path owner) {
        try {
            return Files.exists(owner) ? Files.readString(owner).strip() : "";
        } catch (IOException e) {
            return "";
        }
    }

    private static long readEpoch(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(32);
        int bytes = channel.read(text, 0);
        String epoch = new String(text.array(), 0, Math.max(0, bytes), UTF_8).strip();
        return epoch.matches("[0-9]{1,18}") ? Long.parseLong(epoch) : 0;
    }

    private static String thisProcess() {
        ProcessHandle process = ProcessHandle.current();
        String started = process.info().startInstant().map(start -> ", started " + start).orElse("");
        return "process " + process.pid() + started;
    }

    private static Unavailable refused(Path directory, String holder) {
        return new Unavailable("THW-5031", "Checkpoint " + directory + " is in use by " + holder
                + ". Two queries cannot share a checkpoint: stop the other one, or give this one its own"
                + " checkpointLocation.");
    }
}
