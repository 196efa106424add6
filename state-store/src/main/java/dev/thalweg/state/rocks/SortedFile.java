package dev.thalweg.state.rocks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.EnvOptions;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;

/// Many changes of a table, in the order of their keys, as a file that RocksDB takes in whole: it neither sorts them again nor
/// merges them a few megabytes at a time.
final class SortedFile implements AutoCloseable {
    private final Path path;
    private final EnvOptions environment = new EnvOptions();
    private final Options options;
    private final SstFileWriter writer;
    private boolean isEmpty = true;

    /// @param path on the database's file system, but not in its directory
    SortedFile(Path path, DBOptions database, ColumnFamilyOptions table) throws RocksDBException {
        this.path = path;
        options = new Options(database, table);
        writer = new SstFileWriter(environment, options);
        try {
            writer.open(path.toString());
        } catch (RocksDBException e) {
            close();
            throw e;
        }
    }

    /// @param key direct, as `value` is
    void put(ByteBuffer key, ByteBuffer value) throws RocksDBException {
        writer.put(key, value);
        isEmpty = false;
    }

    void delete(byte[] key) throws RocksDBException {
        writer.delete(key);
        isEmpty = false;
    }

    /// Makes the file the newest of the table.
    void handOver(RocksDB rocks, ColumnFamilyHandle table) throws RocksDBException {
        if (isEmpty) {
            return;
        }
        writer.finish();
        try (IngestExternalFileOptions moving = new IngestExternalFileOptions().setMoveFiles(true)) {
            rocks.ingestExternalFile(table, List.of(path.toString()), moving);
        }
    }

    /// Deletes what has not been handed over.
    @Override
    public void close() {
        writer.close();
        options.close();
        environment.close();
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
