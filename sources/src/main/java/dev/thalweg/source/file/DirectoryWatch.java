package dev.thalweg.source.file;

import dev.thalweg.spi.file.FileListing;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Wakes a source as soon as a file appears in one of its directories, where the file system can tell, and says which: to
/// ask for one file does not take longer the more there are.
///
/// Only plain directories are watched: what appears deeper, or below a glob, is found by asking.
///
/// **Thread** One virtual thread of its own waits for events until closed; any may ask for the names.
final class DirectoryWatch implements AutoCloseable {
    /// With more the source had better look for itself.
    private static final int NAMES_MAX = 10_000;

    private final WatchService events;
    private final Map<WatchKey, FileListing> watched;
    private final List<Named> named = new ArrayList<>();
    private boolean knowsAll;
    private boolean isOver;

    /// A file that appeared or changed.
    ///
    /// @param name in the directory of the listing
    record Named(FileListing listing, String name) {}

    private DirectoryWatch(WatchService events, Map<WatchKey, FileListing> watched, Runnable wakeUp) {
        this.events = events;
        this.watched = watched;
        Thread.ofVirtual().name("thalweg-watch").start(() -> pass(wakeUp));
    }

    static Optional<DirectoryWatch> start(List<FileListing> listings, Runnable wakeUp) {
        boolean watchable = listings.stream().allMatch(l -> !l.isGlob() && Files.isDirectory(l.base()));
        if (!watchable) {
            return Optional.empty();
        }
        try {
            Path first = listings.getFirst().base();
            WatchService events = first.getFileSystem().newWatchService();
            Map<WatchKey, FileListing> watched = new HashMap<>();
            for (FileListing listing : listings) {
                watched.put(listing.base().register(events, StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_MODIFY), listing);
            }
            return Optional.of(new DirectoryWatch(events, watched, wakeUp));
        } catch (IOException _) {
            return Optional.empty(); // too many watches, or a file system without: asking serves as well
        }
    }

    private void pass(Runnable wakeUp) {
        try {
            while (true) {
                WatchKey key = events.take();
                keep(Objects.requireNonNull(watched.get(key)), key.pollEvents());
                if (!key.reset()) {
                    return; // the directory is gone
                }
                wakeUp.run();
            }
        } catch (InterruptedException | ClosedWatchServiceException _) {
            // closed
        } finally {
            end();
        }
    }

    private synchronized void keep(FileListing listing, List<WatchEvent<?>> several) {
        for (WatchEvent<?> event : several) {
            if (event.kind().equals(StandardWatchEventKinds.OVERFLOW) || named.size() >= NAMES_MAX) {
                knowsAll = false;
                named.clear();
            } else if (event.context() instanceof Path name) {
                named.add(new Named(listing, name.toString()));
            }
        }
    }

    private synchronized void end() {
        isOver = true;
    }

    /// What appeared since the last call, if that is all there is to know: not at the first call, and not where events were
    /// lost. Whoever is told nothing must look, and knows again what there is.
    synchronized Optional<List<Named>> takeNamed() {
        Optional<List<Named>> all = knowsAll && !isOver ? Optional.of(List.copyOf(named)) : Optional.empty();
        named.clear();
        knowsAll = true;
        return all;
    }

    @Override
    public void close() {
        try {
            events.close();
        } catch (IOException _) {
            // it is only a wake-up
        }
    }
}
