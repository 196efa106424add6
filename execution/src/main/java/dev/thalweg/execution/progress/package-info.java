/// What a running query tells about itself: figures a trigger, its status, and the events that listeners hear.
///
/// Read [QueryProgress] and [QueryListener]; [ProgressJson] writes Spark's field names. Nothing here is formatted on the
/// path of a trigger: figures are plain numbers until somebody asks. Records, safe to share.
@NullMarked
package dev.thalweg.execution.progress;

import org.jspecify.annotations.NullMarked;
