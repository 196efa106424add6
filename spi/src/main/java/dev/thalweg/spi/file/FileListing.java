package dev.thalweg.spi.file;

import dev.thalweg.spi.error.InvalidOption;
import dev.thalweg.spi.error.Unavailable;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.PatternSyntaxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lists the files below a path in a known order. Files and directories whose names begin with `_` or `.` are hidden:
/// writers stage there, so a reader never sees half a file. `key=value` directories are entered although not recursive.
///
/// **Cost** One walk of the directories a call.
public final class FileListing {
    private static final Logger LOG = LoggerFactory.getLogger(FileListing.class);
    /// By modification time, ties by path: the order in which files arrived.
    public static final Comparator<FileEntry> BY_TIME = Comparator.comparingLong(FileEntry::modifiedMillis)
            .thenComparing(FileEntry::path);
    /// By file name, ties by path: for directories whose times mean nothing, such as a fresh `git clone`.
    public static final Comparator<FileEntry> BY_NAME = Comparator.comparing(FileEntry::name)
            .thenComparing(FileEntry::path);

    private final Path base;
    private final Optional<PathMatcher> glob;
    private final Optional<PathMatcher> names;
    private final boolean recursive;
    /// The links to a directory above them that were told.
    private final Set<Path> loops = ConcurrentHashMap.newKeySet();

    /// @param path a file, a directory or a glob such as `data/2026-*/*.json`
    /// @param nameGlob which file names are taken; every one by default
    /// @param recursive whether directories below are entered, whatever their names
    public FileListing(String path, Optional<String> nameGlob, boolean recursive) {
        this.recursive = recursive;
        int wildcard = wildcard(path);
        boolean isGlob = wildcard >= 0 && !Files.exists(Path.of(path));
        int slash = isGlob ? path.lastIndexOf('/', wildcard) : -1;
        this.base = !isGlob ? Path.of(path) : slash < 0 ? Path.of("") : Path.of(path.substring(0, Math.max(1, slash)));
        this.glob = isGlob ? Optional.of(matcher("path", path)) : Optional.empty();
        this.names = nameGlob.map(text -> matcher("pathGlobFilter", text));
    }

    private static int wildcard(String path) {
        for (int i = 0; i < path.length(); i++) {
            if ("*?[{".indexOf(path.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private static PathMatcher matcher(String option, String glob) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + glob);
        } catch (PatternSyntaxException e) {
            throw new InvalidOption(option, glob, "a glob, such as *.json (" + e.getDescription() + ")");
        }
    }

    /// The path itself, or the part of a glob before its first wildcard. Partition directories begin below it.
    public Path base() {
        return base;
    }

    public boolean isGlob() {
        return glob.isPresent();
    }

    public boolean exists() {
        return Files.exists(base);
    }

    public List<FileEntry> files(Comparator<FileEntry> order) {
        List<FileEntry> found = new ArrayList<>();
        try {
            Files.walkFileTree(base, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new Visitor(found));
        } catch (NoSuchFileException _) {
            return List.of(); // it may come yet
        } catch (IOException e) {
            throw new Unavailable("THW-2012",
                    "Cannot list " + base + ": " + e + ". Check that it may be read.", e);
        }
        found.sort(order);
        return found;
    }

    private final class Visitor extends SimpleFileVisitor<Path> {
        private final List<FileEntry> found;

        Visitor(List<FileEntry> found) {
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            boolean enter = directory.equals(base) || (!isHidden(directory)
                    && (recursive || glob.isPresent() || directory.getFileName().toString().indexOf('=') > 0));
            return enter ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            boolean wanted = attributes.isRegularFile() && (file.equals(base) || !isHidden(file))
                    && names.map(m -> m.matches(file.getFileName())).orElse(true) && (glob.isEmpty() || inGlob(file));
            if (wanted) {
                found.add(new FileEntry(file, attributes.size(), attributes.lastModifiedTime().toMillis()));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
            if (problem instanceof NoSuchFileException && !file.equals(base)) {
                return FileVisitResult.CONTINUE; // it went away while we walked
            }
            if (problem instanceof FileSystemLoopException) {
                warn(file);
                return FileVisitResult.CONTINUE; // all behind it is found without it
            }
            throw problem;
        }

        /// A glob may name files, or directories whose files are meant.
        private boolean inGlob(Path file) {
            PathMatcher matcher = glob.orElseThrow();
            Path at = file;
            for (int up = 0; at != null && !at.equals(base); up++) {
                if ((up <= 1 || recursive) && matcher.matches(at)) {
                    return true;
                }
                at = at.getParent();
            }
            return false;
        }
    }

    /// Once a link: a source lists its directories again and again.
    private void warn(Path loop) {
        if (loops.add(loop)) {
            LOG.warn("Directory {} leads back to one above it, so it is passed over. Remove the link.", loop);
        }
    }

    private static boolean isHidden(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.startsWith("_") || name.startsWith(".");
    }
}
