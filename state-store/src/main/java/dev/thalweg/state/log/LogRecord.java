package dev.thalweg.state.log;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/// A record as the log has it.
///
/// @param epoch which holder of the checkpoint's lock wrote it
/// @param payload read-only, little-endian, from its beginning; empty for COMMIT
/// @param segment the file it stands in
/// @param offset where in the file it begins
public record LogRecord(RecordType type, long trigger, long epoch, ByteBuffer payload, Path segment, long offset) {
    /// Where the next record begins.
    public long end() {
        return offset + RecordFormat.HEADER_BYTES + payload.remaining();
    }
}
