package dev.thalweg.source.file;

import dev.thalweg.spi.file.FileEntry;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Finds the number of a line for an error message, by reading the file again up to it.
final class LineNumbers {
    private LineNumbers() {}

    /// The number, from 1, of the line that begins at a byte of the unpacked file; as text, "?" when it cannot be told.
    static String of(FileEntry file, long position) {
        long lines = 1;
        long left = position;
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        try (FileInput input = FileInput.open(new FileSplit(file, 0, file.size(), true))) {
            boolean ended = false;
            while (left > 0 && !ended) {
                ended = input.fill(buffer.clear());
                int count = (int) Math.min(left, buffer.flip().limit());
                for (int i = 0; i < count; i++) {
                    lines += buffer.get(i) == '\n' ? 1 : 0;
                }
                left -= count;
            }
        } catch (IOException _) {
            return "?";
        }
        return Long.toString(lines);
    }
}
