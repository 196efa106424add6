/// A disk that remembers what was synced and nothing else, for tests that cut the power.
///
/// Read [ForgetfulDisk] first. A JVM that is started with
/// `-Djava.nio.file.spi.DefaultFileSystemProvider=dev.thalweg.tests.crash.disk.DiskFileSystemProvider` goes through it with
/// every file it opens by path; RocksDB's own files are not seen. The rest only passes calls on.
@NullMarked
package dev.thalweg.tests.crash.disk;

import org.jspecify.annotations.NullMarked;
