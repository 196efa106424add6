/// Files that survive a crash: written atomically, checksummed, listed in a known order.
///
/// Must not hold a file format. Read [AtomicFile] first. Every method may be called from any thread.
@NullMarked
package dev.thalweg.spi.file;

import org.jspecify.annotations.NullMarked;
