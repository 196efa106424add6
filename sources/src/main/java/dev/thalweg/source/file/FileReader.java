package dev.thalweg.source.file;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.Corrupted;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.spi.format.MalformedRecord;
import dev.thalweg.spi.format.RowDecoder;
import dev.thalweg.spi.format.Utf8Scan;
import dev.thalweg.spi.source.ReadRequest;
import dev.thalweg.spi.source.SourceReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.zip.ZipException;
import org.apache.arrow.memory.ArrowBuf;
import org.jspecify.annotations.Nullable;

/// Reads one split of a file: fills an off-heap buffer and lets the format's decoder make rows of it.
///
/// **Cost** One buffer of 256 KB (more only for a longer record), charged to the query. **Thread** The task that opened it.
final class FileReader implements SourceReader {
    private static final int BUFFER_BYTES = 1 << 18;
    private static final long RECORD_BYTES_MAX = 1L << 30;

    private final FileSplit split;
    private final ReadRequest request;
    private final FileOptions options;
    private final Projection projection;
    private final RowDecoder decoder;
    private final @Nullable FileInput input;
    private ArrowBuf buffer;
    /// What of the buffer is not decoded yet: `[from, to)`.
    private long from;
    private long to;
    /// Where in the unpacked file the byte at `from` lies.
    private long position;
    private boolean ended;

    FileReader(FileSplit split, ReadRequest request, RecordFormat format, RowType schema, PartitionColumns partitions,
            FileOptions options) {
        this.split = split;
        this.request = request;
        this.options = options;
        this.input = openInput();
        this.projection = new Projection(schema, partitions, split, request, format::needsAllColumns);
        this.position = input == null ? 0 : input.start();
        this.ended = input == null;
        this.buffer = request.allocator().getEmpty();
        try {
            this.buffer = request.allocator().buffer(BUFFER_BYTES + Utf8Scan.PADDING_BYTES);
            this.decoder = format.decoder(projection.fileColumns(), projection.decoded(), position == 0,
                    request.allocator(), request.batchRowsMax());
        } catch (RuntimeException e) { // nobody has this reader yet to close it
            buffer.close();
            closeInput();
            throw e;
        }
    }

    private @Nullable FileInput openInput() {
        try {
            return FileInput.open(split);
        } catch (Unavailable e) {
            if (options.ignoreMissingFiles() && !Files.exists(split.file().path())) {
                request.problems().dropped("the missing file " + split.file().path(), 0);
                return null;
            }
            throw e;
        } catch (IOException e) {
            broken(e);
            return null;
        }
    }

    @Override
    public @Nullable Batch next() {
        while (true) {
            long address = buffer.memoryAddress();
            long next = from == to ? address + from : decode(address);
            boolean progress = next > address + from;
            position += next - address - from;
            from = next - address;
            if (decoder.isFull()) {
                return take();
            }
            if (!ended) {
                fill();
            } else if (from == to || !progress) {
                return decoder.rowCount() > 0 ? take() : finish();
            }
        }
    }

    private long decode(long address) {
        try {
            return decoder.decode(address + from, address + to, ended);
        } catch (MalformedRecord e) {
            long at = position + e.address() - address - from;
            throw new InvalidQuery("THW-2030", "Malformed record in file " + split.file().path() + ", line "
                    + LineNumbers.of(split.file(), at) + " (byte " + at + "): " + e.getMessage()
                    + ". " + e.remedy(), e);
        }
    }

    private @Nullable Batch take() {
        return projection.apply(decoder.take());
    }

    private @Nullable Batch finish() {
        long dropped = decoder.takeDropped();
        if (dropped > 0) {
            request.problems().dropped("malformed records in " + split.file().path(), dropped);
        }
        return null;
    }

    private void fill() {
        long left = to - from;
        long capacity = buffer.capacity() - Utf8Scan.PADDING_BYTES;
        if (left == capacity) {
            grow(capacity);
            capacity = buffer.capacity() - Utf8Scan.PADDING_BYTES;
        } else if (from > 0) {
            Memory.copy(buffer.memoryAddress() + from, buffer.memoryAddress(), left);
        }
        from = 0;
        to = left;
        ByteBuffer room = buffer.nioBuffer(to, (int) (capacity - to));
        try {
            ended = input == null || input.fill(room);
        } catch (IOException e) {
            broken(e);
            ended = true;
        }
        to += room.position();
        skipByteOrderMark();
    }

    private void skipByteOrderMark() {
        long address = buffer.memoryAddress();
        boolean marked = position == 0 && to >= 3 && Memory.getByte(address) == (byte) 0xEF
                && Memory.getByte(address + 1) == (byte) 0xBB && Memory.getByte(address + 2) == (byte) 0xBF;
        if (marked) {
            from = 3;
            position = 3;
        }
    }

    private void grow(long capacity) {
        if (capacity >= RECORD_BYTES_MAX) {
            throw new InvalidQuery("THW-2031", "The record at byte " + position + " of file " + split.file().path()
                    + " is longer than " + RECORD_BYTES_MAX + " bytes. Is it the right format?");
        }
        ArrowBuf wider = request.allocator().buffer(2 * capacity + Utf8Scan.PADDING_BYTES);
        Memory.copy(buffer.memoryAddress() + from, wider.memoryAddress(), to - from);
        buffer.close();
        buffer = wider;
    }

    /// A file that cannot be read to its end: its rows so far count where the user said so.
    private void broken(IOException e) {
        if (options.ignoreCorruptFiles()) {
            request.problems().dropped("the unreadable end of " + split.file().path() + ": " + e, 0);
            return;
        }
        String remedy = ". Restore it, or set the option ignoreCorruptFiles to 'true' to take the rows before that place.";
        if (e instanceof EOFException || e instanceof ZipException) {
            boolean zip = FileInput.isCompressed(split.file().path());
            throw new Corrupted("THW-2014", "File " + split.file().path() + (zip ? " is no whole gzip file: " : ": ")
                    + e.getMessage() + remedy, e);
        }
        throw new Unavailable("THW-2011", "Cannot read file " + split.file().path() + ": " + e + remedy, e);
    }

    @Override
    public void close() {
        decoder.close();
        buffer.close();
        closeInput();
    }

    private void closeInput() {
        try {
            if (input != null) {
                input.close();
            }
        } catch (IOException e) {
            throw new Unavailable("THW-2011", "Cannot close file " + split.file().path() + ": " + e, e);
        }
    }
}
