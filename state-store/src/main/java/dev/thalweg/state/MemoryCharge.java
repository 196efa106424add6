package dev.thalweg.state;

/// Where the bytes of state are accounted for. It may refuse, by throwing an error that names the setting to raise; the
/// table is then as it was before the call, and the trigger is aborted.
@FunctionalInterface
public interface MemoryCharge {
    MemoryCharge UNLIMITED = bytes -> {};

    /// Charges or credits an allocation; throws where the budget does not have it.
    ///
    /// @param bytes to take, before they are allocated; negative when they are given back
    void charge(long bytes);

    /// Whether so little is left that what can be had again should be given up.
    default boolean isShort() {
        return false;
    }
}
