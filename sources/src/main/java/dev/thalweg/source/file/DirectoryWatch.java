package dev.thalweg.source.file;

import dev.thalweg.spi.file.FileListing;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.Optional;

/// Wakes a source as soon as a file appears in one of its directories, where the file system can tell.
///
/// Only plain directories are watched: what appears deeper, or below a glob, is found by asking.
///
/// **Thread** One virtual thread of its own waits for events until closed.
final class DirectoryWatch implements AutoCloseable {
    private final WatchService events;

    private DirectoryWatch(WatchService events, Runnable wakeUp) {
        this.events = events;
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
            for (FileListing listing : listings) {
                listing.base().register(events, StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_MODIFY);
            }
            return Optional.of(new DirectoryWatch(events, wakeUp));
        } catch (IOException _) {
            return Optional.empty(); // too many watches, or a file system without: asking serves as well
        }
    }

    private void pass(Runnable wakeUp) {
        try {
            while (true) {
                WatchKey key = events.take();
                key.pollEvents();
                if (!key.reset()) {
                    return;
                }
                wakeUp.run();
            }
        } catch (InterruptedException | ClosedWatchServiceException _) {
            // closed
        }
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
