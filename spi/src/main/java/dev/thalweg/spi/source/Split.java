package dev.thalweg.spi.source;

/// A piece of a range that one task reads from start to end. Each connector has its own record of it.
public interface Split {
    /// A few words for error messages, such as the file's path.
    String description();
}
