package dev.thalweg;

import dev.thalweg.spi.error.Unavailable;
import org.apache.arrow.memory.RootAllocator;

/// What an embedding program must give its JVM, told before Arrow finds out by a failing initializer.
final class JvmFlags {
    private JvmFlags() {}

    /// **Errors** `THW-3055` when the JVM keeps the addresses of buffers from us
    static void check() {
        if (!Object.class.getModule().isOpen("java.nio", RootAllocator.class.getModule())) {
            throw new Unavailable("THW-3055",
                    "This JVM was started without a flag that columnar memory needs. Start java"
                            + " with --add-opens=java.base/java.nio=ALL-UNNAMED, and to keep it quiet also with"
                            + " --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED.");
        }
    }
}
