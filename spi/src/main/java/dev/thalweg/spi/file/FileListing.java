package dev.thalweg.spi.file;

import dev.thalweg.spi.error.InvalidOption;
import dev.thalweg.spi.error.Unavailable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lists the files below a path in a known order. Files and directories whose names begin with `_` or `.` are hidden:
/// writers stage there, so a reader never sees half a file. `key=value` directories are entered although not recursive.
///
/// **Cost** One walk of the directories a call; the system is asked about each file that the caller does not know.
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
        return files(order, _ -> _ -> false);
    }

    /// The files that a caller has, by their directory and their name in it.
    public interface KnownFiles {
        Predicate<String> in(Path directory);
    }

    /// All files but those that the caller knows.
    ///
    /// @param known files that are not asked for again
    public List<FileEntry> files(Comparator<FileEntry> order, KnownFiles known) {
        Walk walk = new Walk(known);
        try {
            walk.begin();
        } catch (NoSuchFileException _) {
            return List.of(); // it may come yet
        } catch (IOException e) {
            throw new Unavailable("THW-2012",
                    "Cannot list " + base + ": " + e + ". Check that it may be read.", e);
        }
        walk.found.sort(order);
        return walk.found;
    }

    /// Looks at one name in a plain directory, as [#files] would.
    ///
    /// @param known files that are not asked for again
    /// @param found is given the file, if it is one that is wanted
    /// @return false when it is a directory in which there may be files: only a walk can tell
    public boolean look(String name, KnownFiles known, Consumer<FileEntry> found) {
        Predicate<String> isKnown = known.in(base);
        if (isHidden(name) || isKnown.test(name)) {
            return true;
        }
        Path path = base.resolve(name);
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                return !mayBeEntered(name);
            }
            if (takes(path, attributes)) {
                found.accept(entry(path, attributes));
            }
            return true;
        } catch (IOException _) {
            return Files.notExists(path); // it went away again; else the walk says what is wrong
        }
    }

    private static FileEntry entry(Path file, BasicFileAttributes attributes) {
        return new FileEntry(file, attributes.size(), attributes.lastModifiedTime().toMillis());
    }

    /// Supposing that it is a directory.
    private boolean mayBeEntered(String name) {
        return recursive || glob.isPresent() || name.indexOf('=') > 0;
    }

    private boolean takes(Path file, BasicFileAttributes attributes) {
        return attributes.isRegularFile() && names.map(m -> m.matches(file.getFileName())).orElse(true)
                && (glob.isEmpty() || inGlob(file));
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

    /// Goes down the directories. Asks the system about what a name stands for only where that may matter: it takes longer
    /// than all the rest.
    private final class Walk {
        private final KnownFiles known;
        private final List<FileEntry> found = new ArrayList<>();
        /// The directories that lead here, by what tells them apart.
        private final Set<Object> above = new HashSet<>();

        Walk(KnownFiles known) {
            this.known = known;
        }

        void begin() throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(base, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                enter(base, attributes);
            } else if (!known.in(base.resolveSibling("")).test(String.valueOf(base.getFileName()))) {
                visitFile(base, attributes);
            }
        }

        private void enter(Path directory, BasicFileAttributes attributes) throws IOException {
            Object key = attributes.fileKey() == null ? directory.toRealPath() : attributes.fileKey();
            if (!above.add(key)) {
                warn(directory); // all behind it is found without it
                return;
            }
            try {
                visitAll(directory);
            } catch (NoSuchFileException e) {
                if (directory.equals(base)) {
                    throw e;
                } // else it went away while we walked
            } finally {
                above.remove(key);
            }
        }

        private void visitAll(Path directory) throws IOException {
            Predicate<String> isKnown = known.in(directory);
            // not File#list, which takes an error of the disk halfway for the end
            try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
                for (Path path : paths) {
                    String name = path.getFileName().toString();
                    if (isWanted(name, isKnown)) {
                        visit(path, name, isKnown);
                    }
                }
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }

        private boolean isWanted(String name, Predicate<String> isKnown) {
            return !isHidden(name) && (mayBeEntered(name) || !isKnown.test(name));
        }

        private void visit(Path path, String name, Predicate<String> isKnown) throws IOException {
            BasicFileAttributes attributes;
            try {
                attributes = Files.readAttributes(path, BasicFileAttributes.class);
            } catch (IOException e) {
                if (e instanceof NoSuchFileException || Files.isSymbolicLink(path)) {
                    return; // it went away while we walked, or leads nowhere
                }
                throw e;
            }
            if (attributes.isDirectory()) {
                if (mayBeEntered(name)) {
                    enter(path, attributes);
                }
            } else if (!isKnown.test(name)) {
                visitFile(path, attributes);
            }
        }

        private void visitFile(Path file, BasicFileAttributes attributes) {
            if (takes(file, attributes)) {
                found.add(entry(file, attributes));
            }
        }
    }

    /// Once a link: a source lists its directories again and again.
    private void warn(Path loop) {
        if (loops.add(loop)) {
            LOG.warn("Directory {} leads back to one above it, so it is passed over. Remove the link.", loop);
        }
    }

    private static boolean isHidden(String name) {
        return name.startsWith("_") || name.startsWith(".");
    }
}
