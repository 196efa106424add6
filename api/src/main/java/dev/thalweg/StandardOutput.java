package dev.thalweg;

import dev.thalweg.spi.Output;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// The process's standard output: the one place where a library of ours takes hold of it.
final class StandardOutput implements Output {
    private final PrintStream stream = new PrintStream(new FileOutputStream(FileDescriptor.out), false,
            StandardCharsets.UTF_8);

    @Override
    public synchronized void print(String text) {
        stream.print(text);
        stream.flush();
    }
}
