package dev.thalweg.state.log;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What opening a log found.
///
/// @param records what the log holds, oldest first; payloads are read when asked for
/// @param cut the torn end that was cut off, if there was one
public record RecoveryReport(List<LogRecord> records, Optional<Cut> cut) {
    public RecoveryReport {
        records = List.copyOf(records);
    }

    /// The newest record of a type.
    public Optional<LogRecord> last(RecordType type) {
        return records.reversed().stream().filter(record -> record.type() == type).findFirst();
    }

    /// The newest record of a type for one trigger.
    public Optional<LogRecord> last(RecordType type, long trigger) {
        return records.reversed().stream().filter(record -> record.type() == type && record.trigger() == trigger)
                .findFirst();
    }

    /// The end of a segment that a crash left unfinished; nothing in it had been synced.
    ///
    /// @param offset where the file was cut
    /// @param bytes how many were cut off
    public record Cut(Path segment, long offset, long bytes) {
        @Override
        public String toString() {
            return segment + ": cut " + bytes + " bytes of an unfinished record at offset " + offset;
        }
    }
}
