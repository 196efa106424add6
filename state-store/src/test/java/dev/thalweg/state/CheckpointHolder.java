package dev.thalweg.state;

import dev.thalweg.state.log.RecordType;
import java.io.IOException;
import java.nio.file.Path;

/// A process that holds a checkpoint until it is killed.
final class CheckpointHolder {
    private CheckpointHolder() {}

    public static void main(String[] arguments) throws IOException {
        Checkpoint checkpoint = Checkpoint.open(Path.of(arguments[0]),
                CheckpointMetadata.of("id-1", "{\"plan\":\"p\"}"));
        checkpoint.log().append(RecordType.TRIGGER, 0, "{}");
        checkpoint.log().sync(0);
        System.out.println("held");
        System.in.read(); // nobody writes: until the end
    }
}
