package dev.thalweg.spi.format;

/// A record that is not what its format or its schema wants. Who reads the file knows its name and line, and says so.
public final class MalformedRecord extends Exception {
    private static final long serialVersionUID = 1L;

    private final long address;
    private final String remedy;

    /// @param address where the record begins in the region that was decoded
    public MalformedRecord(long address, String reason) {
        this(address, reason, "Mend the file, or set the option mode to PERMISSIVE or DROPMALFORMED.");
    }

    /// @param remedy what to do about it, as a sentence, where another mode does not help
    public MalformedRecord(long address, String reason, String remedy) {
        super(reason);
        this.address = address;
        this.remedy = remedy;
    }

    public String remedy() {
        return remedy;
    }

    public long address() {
        return address;
    }
}
