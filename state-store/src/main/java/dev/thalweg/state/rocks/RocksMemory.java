package dev.thalweg.state.rocks;

import org.jspecify.annotations.Nullable;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/// The memory that all databases of a store share: one cache, and write buffers that count against it.
///
/// Made when the first database is opened: loading RocksDB takes a tenth of a second, which a query without a restart or a
/// snapshot need not wait for.
public final class RocksMemory implements AutoCloseable {
    private static final long CACHE_BYTES_MIN = 32L << 20;
    private static final long CACHE_BYTES_MAX = 256L << 20;
    private static final long WRITE_BUFFER_BYTES = 24L << 20;

    private final long cacheBytes;
    private @Nullable Cache cache;
    private @Nullable WriteBufferManager writeBuffers;

    /// @param residentBytesMax what tables may hold in memory; the cache of those that do not fit is a sixteenth of it, within
    ///        limits
    public RocksMemory(long residentBytesMax) {
        cacheBytes = Math.clamp(residentBytesMax / 16, CACHE_BYTES_MIN, CACHE_BYTES_MAX);
    }

    synchronized Cache cache() {
        Cache made = cache;
        if (made == null) {
            RocksDB.loadLibrary();
            made = new LRUCache(cacheBytes);
            cache = made;
        }
        return made;
    }

    synchronized WriteBufferManager writeBuffers() {
        WriteBufferManager made = writeBuffers;
        if (made == null) {
            made = new WriteBufferManager(WRITE_BUFFER_BYTES, cache());
            writeBuffers = made;
        }
        return made;
    }

    @Override
    public synchronized void close() {
        if (writeBuffers != null) {
            writeBuffers.close();
            writeBuffers = null;
        }
        if (cache != null) {
            cache.close();
            cache = null;
        }
    }
}
