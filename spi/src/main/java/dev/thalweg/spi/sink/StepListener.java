package dev.thalweg.spi.sink;

/// Hears of each durable step of a sink's commit, right after it: crash tests kill the process there, and progress may
/// count them. It must return quickly and must not throw.
///
/// **Thread** The one that writes or commits.
@FunctionalInterface
public interface StepListener {
    /// The steps of a sink that stages files and publishes them through a manifest, in the order they happen.
    enum Step {
        /// The trigger's output is durable and invisible.
        STAGED,
        /// The manifest names the files, but the entry may be lost with the machine.
        MANIFEST_APPENDED,
        /// The manifest entry is durable: from here on the trigger is committed.
        MANIFEST_SYNCED,
        /// One more file got its visible name.
        FILE_RENAMED,
        /// Every file is visible. After a loss of power the next start gives them their names again.
        RENAMED
    }

    void reached(Step step, long trigger);

    /// Hears nothing.
    static StepListener none() {
        return (_, _) -> {};
    }
}
