package dev.thalweg.state.log;

/// The steps by which a trigger becomes durable, in the order in which they happen; a crash may come between any two.
public enum DurableStep {
    /// A file sink has sealed the trigger's files in its stage.
    SINK_FILES_STAGED,
    /// The sink's output of the trigger is durable, and nobody sees it.
    SINK_STAGED, TRIGGER_APPENDED, CHANGES_APPENDED, LOG_SYNCED,
    /// The manifest of a file sink names the trigger's files; synced, this commits them.
    SINK_MANIFEST_APPENDED, SINK_MANIFEST_SYNCED,
    /// One more file of a file sink has its visible name; all have.
    SINK_FILE_RENAMED, SINK_FILES_RENAMED,
    /// The sink's output of the trigger is visible.
    SINK_COMMITTED, COMMIT_APPENDED,
    /// A new segment has its header and its place in the directory.
    SEGMENT_ROLLED,
    /// A trigger's state has reached RocksDB.
    CHANGES_APPLIED,
    /// The files of a snapshot are written and synced, but nothing names them yet.
    SNAPSHOT_WRITTEN,
    /// The manifest of a snapshot makes it count.
    MANIFEST_WRITTEN,
    /// A snapshot that is no longer kept is deleted.
    SNAPSHOT_DELETED,
    /// A segment that snapshots cover is deleted.
    SEGMENT_DELETED;

    /// Told of each step after it has happened, on the thread that did it.
    @FunctionalInterface
    public interface Listener {
        Listener NONE = (step, trigger) -> {};

        /// Told of a step.
        ///
        /// @param trigger the trigger, or the version for a snapshot
        void reached(DurableStep step, long trigger);
    }
}
