package dev.thalweg.tests.differential;

import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/// Local files for Spark's checkpoints, without checksums and with the permissions that they come with. Where Hadoop lacks its
/// native library it starts a process for each file to set them, which takes most of the time of a trigger.
public final class PlainLocalFiles extends RawLocalFileSystem {
    @Override
    public void setPermission(Path file, FsPermission permission) {
        // as the system made it
    }
}
