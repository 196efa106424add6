package dev.thalweg.source.parquet;

import static java.util.Objects.requireNonNull;

import dev.thalweg.source.parquet.SchemaNode.Leaf;
import dev.thalweg.spi.data.Memory;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.zip.CRC32;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/// Walks the data pages of a leaf through the row groups of a scan: reads them ahead, unpacks them, and finds levels and
/// values in them.
///
/// **Cost** A window of 512 KB on the file (more only for a longer page) and the page at hand, charged to the query.
final class ChunkPages implements AutoCloseable {
    /// What may be loaded, never used, behind the bytes of a page.
    static final int PADDING_BYTES = 16;

    private final Leaf leaf;
    private final ValueForm form;
    private final BufferAllocator allocator;
    private final Scratch scratch;
    private final PageHeader header = new PageHeader();
    private ColumnChunk chunk = new ColumnChunk(Codec.NONE, 0, 0, 0, 0, ChunkStatistics.NONE);
    private Codec.@Nullable Unpacker unpacker;
    private final FileWindow window;
    private long position;
    private @Nullable ArrowBuf unpacked;
    private @Nullable Dictionary dictionary;
    private long entriesLeft;

    private RunReader definitions = new RunReader(0, 0, 0);
    private RunReader repetitions = new RunReader(0, 0, 0);
    private long valuesFrom;
    private long valuesEnd;
    private @Nullable Values values;

    ChunkPages(FileChannel file, Leaf leaf, ValueForm form, BufferAllocator allocator) {
        this.window = new FileWindow(file, allocator);
        this.leaf = leaf;
        this.form = form;
        this.allocator = allocator;
        this.scratch = new Scratch(allocator);
    }

    void open(ColumnChunk next) {
        if (unpacker == null || next.codec() != chunk.codec()) {
            closeUnpacker();
            unpacker = next.codec().unpacker();
        }
        chunk = next;
        position = next.start();
        window.end(next.start() + next.packedBytes());
        entriesLeft = next.values();
        closeDictionary();
    }

    boolean hasMore() {
        return entriesLeft > 0;
    }

    /// Goes on to the next data page.
    ///
    /// @return how many entries it has; never 0
    int next() {
        while (true) {
            readHeader();
            long page = window.address(position, header.packedBytes);
            verify(page);
            position += header.packedBytes;
            switch (header.kind) {
                case PageHeader.DICTIONARY -> takeDictionary(page);
                case PageHeader.DATA -> takeData(page);
                case PageHeader.DATA_V2 -> takeDataV2(page);
                default -> {
                    continue; // a rule: pages of later versions are passed over
                }
            }
            if (header.kind != PageHeader.DICTIONARY && header.values > 0) {
                entriesLeft -= header.values;
                return header.values;
            }
        }
    }

    private void readHeader() {
        if (entriesLeft <= 0) {
            throw new DamagedFile("column " + leaf.name() + " has fewer values than its row group has rows");
        }
        long end = chunk.start() + chunk.packedBytes();
        int bytes = (int) Math.min(end - position, 1 << 10);
        while (true) {
            long at = window.address(position, bytes);
            ByteBuffer in = window.buffer(at, bytes);
            try {
                header.read(new CompactReader(in));
                position += in.position();
                break;
            } catch (BufferUnderflowException e) {
                if (bytes == end - position || bytes >= 1 << 28) {
                    throw new DamagedFile("the pages of column " + leaf.name() + " end too early", e);
                }
                bytes = (int) Math.min(end - position, 4L * bytes);
            }
        }
        boolean sound = header.packedBytes >= 0 && header.packedBytes <= end - position && header.unpackedBytes >= 0
                && header.unpackedBytes <= chunk.unpackedBytes() && header.values >= 0
                && (header.kind == PageHeader.DICTIONARY || header.values <= entriesLeft);
        if (!sound) {
            throw new DamagedFile("a page of column " + leaf.name() + " is longer than the column, or says so");
        }
    }

    private void verify(long page) {
        if (!header.hasChecksum) {
            return;
        }
        CRC32 sum = new CRC32();
        sum.update(window.buffer(page, header.packedBytes));
        if ((int) sum.getValue() != header.checksum) {
            throw new DamagedFile("the checksum of a page of column " + leaf.name() + " is wrong");
        }
    }

    private void takeDictionary(long page) {
        if (dictionary != null) {
            throw new DamagedFile("column " + leaf.name() + " has two dictionaries in a row group");
        }
        ArrowBuf plain = allocator.buffer(Math.max(1, header.unpackedBytes) + PADDING_BYTES);
        try {
            unpack(page, header.packedBytes, plain, header.unpackedBytes, chunk.codec() != Codec.NONE);
            boolean known = header.encoding == PageValues.PLAIN || header.encoding == PageValues.PLAIN_DICTIONARY;
            if (!known || header.values > header.unpackedBytes) {
                throw new DamagedFile("the dictionary of column " + leaf.name() + " is not as it should be");
            }
        } catch (RuntimeException e) {
            plain.close();
            throw e;
        }
        dictionary = Dictionary.of(plain, header.unpackedBytes, header.values, leaf, form);
    }

    private void unpack(long from, int packedBytes, ArrowBuf to, int bytes, boolean packed) {
        if (!packed) {
            if (packedBytes != bytes) {
                throw new DamagedFile("a page that is not packed has " + packedBytes + " bytes instead of " + bytes);
            }
            Memory.copy(from, to.memoryAddress(), bytes);
        } else if (bytes > 0) {
            requireNonNull(unpacker).unpack(window.buffer(from, packedBytes), to.nioBuffer(0, bytes));
        }
    }

    /// The bytes of a page part as they were before packing: where they lie, if they were not packed at all.
    private long plain(long from, int packedBytes, int bytes, boolean packed) {
        if (!packed && packedBytes == bytes) {
            return from;
        }
        if (unpacked == null || unpacked.capacity() < bytes + PADDING_BYTES) {
            if (unpacked != null) {
                unpacked.close();
                unpacked = null;
            }
            unpacked = allocator.buffer((long) bytes + PADDING_BYTES);
        }
        unpack(from, packedBytes, unpacked, bytes, packed);
        return unpacked.memoryAddress();
    }

    private void takeData(long page) {
        long at = plain(page, header.packedBytes, header.unpackedBytes, chunk.codec() != Codec.NONE);
        long end = at + header.unpackedBytes;
        if (leaf.repeats() > 0) {
            long to = levelsEnd(at, end, header.repetitionEncoding);
            repetitions = levels(at + Integer.BYTES, to, leaf.repeats());
            at = to;
        }
        if (leaf.definition() > 0) {
            long to = levelsEnd(at, end, header.definitionEncoding);
            definitions = levels(at + Integer.BYTES, to, leaf.definition());
            at = to;
        }
        begin(at, end);
    }

    private long levelsEnd(long at, long end, int encoding) {
        if (encoding == PageValues.BIT_PACKED) {
            throw new UnsupportedFile("it has levels in the encoding BIT_PACKED, given up in 2013");
        }
        if (encoding != PageValues.RLE) {
            throw new DamagedFile("the levels of column " + leaf.name() + " are not as they should be");
        }
        return RunReader.end(at, end);
    }

    private static RunReader levels(long from, long to, int most) {
        return new RunReader(from, to, Integer.SIZE - Integer.numberOfLeadingZeros(most));
    }

    private void takeDataV2(long page) {
        int levelBytes = header.repetitionBytes + header.definitionBytes;
        boolean sound = header.repetitionBytes >= 0 && header.definitionBytes >= 0 && levelBytes >= 0
                && levelBytes <= header.packedBytes && levelBytes <= header.unpackedBytes;
        if (!sound) {
            throw new DamagedFile("the levels of column " + leaf.name() + " are longer than their page");
        }
        long definitionsFrom = page + header.repetitionBytes;
        long from = definitionsFrom + header.definitionBytes;
        repetitions = levels(page, definitionsFrom, leaf.repeats());
        definitions = levels(definitionsFrom, from, leaf.definition());
        int bytes = header.unpackedBytes - levelBytes;
        long at = plain(from, header.packedBytes - levelBytes, bytes, header.packed && chunk.codec() != Codec.NONE);
        begin(at, at + bytes);
    }

    private void begin(long from, long end) {
        valuesFrom = from;
        valuesEnd = end;
        values = null;
    }

    RunReader definitions() {
        return definitions;
    }

    RunReader repetitions() {
        return repetitions;
    }

    /// The dictionary that the page names its values by, if it does, and if there are so many fewer of them than rows that it is
    /// worth to know.
    Optional<Dictionary> codes() {
        boolean named = header.encoding == PageValues.PLAIN_DICTIONARY || header.encoding == PageValues.RLE_DICTIONARY;
        return named && dictionary != null && staysCoded(dictionary.size())
                ? Optional.of(dictionary)
                : Optional.empty();
    }

    /// Whether so many rows have the same value, on average. Reading a number where it lies costs next to nothing, a text more.
    private boolean staysCoded(int values) {
        return switch (form) {
            case ValueForm.Bytes _ -> values <= chunk.values() / 2;
            case ValueForm.Fixed(_, int width, _) when width == Integer.BYTES || width == Long.BYTES ->
                    values <= chunk.values() / 8;
            default -> false; // a rule: the others never stay codes, not even where there is no value
        };
    }

    /// Reads the places of the next values in the dictionary that [#codes] gave.
    void readCodes(int[] into, int at, int count) {
        if (!(values() instanceof Dictionary.Indexed indexed)) {
            throw new DamagedFile("column " + leaf.name() + " has values where it names places in its dictionary");
        }
        indexed.readCodes(into, at, count);
    }

    /// The values of the page. Asked for only where there are any: a page of NULLs may have none, not even a header.
    Values values() {
        if (values == null) {
            values = new PageValues(leaf, form, valuesFrom, valuesEnd, scratch).of(header.encoding,
                    header.values, Optional.ofNullable(dictionary));
        }
        return values;
    }

    private void closeDictionary() {
        if (dictionary != null) {
            dictionary.close();
            dictionary = null;
        }
    }

    private void closeUnpacker() {
        if (unpacker != null) {
            unpacker.close();
            unpacker = null;
        }
    }

    @Override
    public void close() {
        closeDictionary();
        closeUnpacker();
        scratch.close();
        window.close();
        if (unpacked != null) {
            unpacked.close();
            unpacked = null;
        }
    }
}
