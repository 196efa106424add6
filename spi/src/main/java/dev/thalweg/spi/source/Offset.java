package dev.thalweg.spi.source;

/// How far a source has been read. Written into the trigger log as JSON, so that a restart can go on from it.
public interface Offset {
    /// The offset as one JSON value; [Source#parse] reads it back.
    String json();
}
