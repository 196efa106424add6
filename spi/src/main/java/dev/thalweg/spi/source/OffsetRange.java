package dev.thalweg.spi.source;

/// What one trigger reads of a source: everything after `from` up to and including `to`.
public record OffsetRange<O extends Offset>(O from, O to) {
    public boolean isEmpty() {
        return from.equals(to);
    }
}
