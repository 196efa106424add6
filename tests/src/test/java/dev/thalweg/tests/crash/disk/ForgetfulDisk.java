package dev.thalweg.tests.crash.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What of a directory would be there after a loss of power: the bytes a file had when it was synced last, under the names
/// its directory had when that was synced last. The worst that a file system may do, but for [#image], which lets some
/// things reach the disk before anybody asked.
///
/// **Thread** Any.
public final class ForgetfulDisk {
    private final Path root;
    private final Predicate<Path> ignored;
    private final Map<Object, byte[]> bytes = new HashMap<>();
    private final Map<Object, Map<String, Object>> names = new HashMap<>();

    /// @param root of the JVM's own file system, as it is now, durably
    /// @param ignored paths below the root of which no sync has an effect
    public ForgetfulDisk(Path root, Predicate<Path> ignored) throws IOException {
        this.root = root;
        this.ignored = ignored;
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.toList()) {
                if (Files.isDirectory(path)) {
                    names.put(key(path), listed(path));
                } else {
                    bytes.put(key(path), Files.readAllBytes(path));
                }
            }
        }
    }

    private static Object key(Path path) throws IOException {
        return Objects.requireNonNull(Files.readAttributes(path, BasicFileAttributes.class).fileKey());
    }

    private static Map<String, Object> listed(Path directory) throws IOException {
        Map<String, Object> listed = new HashMap<>();
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.toList()) {
                listed.put(entry.getFileName().toString(), key(entry));
            }
        }
        return listed;
    }

    /// Somebody syncs a directory, or a file that he opened under this path.
    ///
    /// @param content reads the file, wherever it may be now
    synchronized void synced(Path path, FileChannel content) throws IOException {
        if (!path.startsWith(root) || ignored.test(root.relativize(path))) {
            return;
        }
        if (Files.isDirectory(path)) {
            names.put(key(path), listed(path));
        } else if (Files.exists(path)) { // else it was renamed since it was opened, which nobody of ours does
            ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(content.size()));
            while (all.hasRemaining() && content.read(all, all.position()) >= 0) {
            }
            bytes.put(key(path), all.array());
        }
    }

    /// Writes down what would be there if the power failed now.
    ///
    /// @param ahead paths below the root that have reached the disk as they are, synced or not; of a directory, its names
    public synchronized void image(Path to, Predicate<Path> ahead) {
        try {
            directory(key(root), root.relativize(root), to, ahead);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void directory(Object key, Path below, Path to, Predicate<Path> ahead) throws IOException {
        Files.createDirectories(to);
        Path now = root.resolve(below);
        Map<String, Object> entries = names.getOrDefault(key, Map.of());
        if (ahead.test(below) && Files.isDirectory(now)) {
            entries = listed(now);
        }
        for (String name : List.copyOf(entries.keySet())) {
            Object inside = Objects.requireNonNull(entries.get(name));
            Path path = below.resolve(name);
            boolean isThere = Files.exists(root.resolve(path)) && key(root.resolve(path)).equals(inside);
            if (names.containsKey(inside) || (isThere && Files.isDirectory(root.resolve(path)))) {
                directory(inside, path, to.resolve(name), ahead);
            } else if (isThere && ahead.test(path)) {
                Files.copy(root.resolve(path), to.resolve(name));
            } else {
                Files.write(to.resolve(name), bytes.getOrDefault(inside, new byte[0]));
            }
        }
    }
}
