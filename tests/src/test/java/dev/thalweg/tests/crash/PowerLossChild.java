package dev.thalweg.tests.crash;

import dev.thalweg.state.log.DurableStep;
import dev.thalweg.tests.crash.PowerLossTest.Lead;
import dev.thalweg.tests.crash.PowerLossTest.Omission;
import dev.thalweg.tests.crash.disk.DiskFileSystemProvider;
import dev.thalweg.tests.crash.disk.ForgetfulDisk;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/// The process whose power is cut: runs the query of [PowerLossTest] once with all syncs and once without each, and writes
/// down after every durable step of a trigger what the disk would have.
final class PowerLossChild {
    private PowerLossChild() {}

    /// Runs the query in each directory.
    ///
    /// @param arguments a directory for each run, named by its [Omission]
    public static void main(String[] arguments) throws Exception {
        DiskFileSystemProvider provider = (DiskFileSystemProvider) FileSystems.getDefault().provider();
        for (String argument : arguments) {
            Path directory = Path.of(argument);
            Omission omission = Omission.valueOf(directory.getFileName().toString());
            FileQuery query = new FileQuery(PowerLossTest.live(directory), "");
            Path live = DiskFileSystemProvider.past(PowerLossTest.live(directory));
            Path images = DiskFileSystemProvider.past(Files.createDirectories(PowerLossTest.images(directory)));
            ForgetfulDisk disk = new ForgetfulDisk(live, omission::hits);
            provider.tell(disk);
            query.run(FileQuery.PLAIN, (step, trigger) -> {
                boolean isInside = Kill.INSIDE.contains(step) || step == DurableStep.COMMIT_APPENDED;
                if (isInside && trigger == PowerLossTest.TRIGGER) {
                    for (Lead lead : Lead.values()) {
                        disk.image(images.resolve(trigger + "-" + step + "-" + lead), lead::hits);
                    }
                }
            }, 1);
        }
    }
}
