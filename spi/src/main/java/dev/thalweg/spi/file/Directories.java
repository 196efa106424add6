package dev.thalweg.spi.file;

import dev.thalweg.spi.error.Unavailable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// Directories whose entries survive a crash: a file that was created, renamed or deleted is so for good only once its
/// directory has been synced.
public final class Directories {
    private Directories() {}

    /// Makes the entries of a directory durable. Costs one `fsync`.
    public static void sync(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            throw new Unavailable("THW-5002", "Cannot sync directory " + directory + ": " + e
                    + ". Check that it exists and that its disk is in order.", e);
        }
    }

    /// Makes a directory and its parents, if they are not there, and syncs what was made.
    public static Path create(Path directory) {
        if (Files.isDirectory(directory)) {
            return directory;
        }
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
            create(parent);
        }
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new Unavailable("THW-5003", "Cannot make directory " + directory + ": " + e
                    + ". Check the path and that it may be written.", e);
        }
        if (parent != null) {
            sync(parent);
        }
        return directory;
    }

    /// Deletes a file or a directory with all it holds; nothing happens if it is not there.
    public static void delete(Path path) {
        try {
            Files.walkFileTree(path, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
                    if (problem instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw problem;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException problem)
                        throws IOException {
                    if (problem != null) {
                        throw problem;
                    }
                    Files.deleteIfExists(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new Unavailable("THW-5004", "Cannot delete " + path + ": " + e + ". Check that it may be written.",
                    e);
        }
    }
}
