package dev.thalweg.spi;

/// Where results are shown: the console sink, `show()` and `printSchema()` write here. The session owns it.
///
/// **Thread** Any; one call is shown as one piece.
public interface Output {
    /// Shows text as it is; it carries its own line ends.
    void print(String text);
}
