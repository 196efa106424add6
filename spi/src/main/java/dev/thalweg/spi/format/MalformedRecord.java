package dev.thalweg.spi.format;

/// A record that is not what its format or its schema wants. Who reads the file knows its name and line, and says so.
public final class MalformedRecord extends Exception {
    private static final long serialVersionUID = 1L;

    private final long address;

    /// @param address where the record begins in the region that was decoded
    public MalformedRecord(long address, String reason) {
        super(reason);
        this.address = address;
    }

    public long address() {
        return address;
    }
}
