package dev.thalweg.spi.source;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;

/// What the engine lends to a source.
///
/// @param directory a directory of the source's own inside the checkpoint, which exists; empty in a batch query
/// @param clock the only clock a source may read
/// @param zone the session's time zone, for text that has none
/// @param memory the rows of the session's memory tables
public record SourceContext(Optional<Path> directory, Clock clock, ZoneId zone, MemoryTables memory) {}
