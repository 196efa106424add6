package dev.thalweg.spi.format;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.RowType;
import org.apache.arrow.memory.BufferAllocator;

/// Makes each line, a JSON object, a row: only the wanted fields become values, straight from bytes into vectors.
///
/// A line of plain RFC 8259 text whose values have the types of their columns is scanned once, here. Whatever is odd (escapes
/// in names, huge numbers, wrong types, Spark's leniencies, an array at the root) is left to [JsonRecords], which asks
/// Jackson; so the rules for odd records are written once.
///
/// **Cost** One pass over the bytes, no object a row or a field.
public final class JsonDecoder implements RowDecoder {
    private static final long ODD = JsonScanner.ODD;

    private final RowBuffers rows;
    private final ColumnBuffer[] columns;
    private final JsonScanner scanner = new JsonScanner();
    private final JsonValueReader values;
    private final JsonFieldNames names;
    private final JsonRecords odd;
    private final BadRecords bad;

    /// @param columns the wanted fields, in the order that batches have them
    public JsonDecoder(RowType columns, JsonOptions options, BufferAllocator allocator, int rowsMax) {
        this.bad = new BadRecords(options.mode(), options.corruptColumn(), columns);
        this.names = new JsonFieldNames(columns, bad.corruptColumn());
        JsonVectors vectors = new JsonVectors(options);
        this.values = new JsonValueReader(scanner, options, vectors);
        this.rows = new RowBuffers(columns, allocator, rowsMax); // last of what may fail
        this.columns = rows.columns();
        this.odd = new JsonRecords(rows, names, vectors, bad);
    }

    @Override
    public long decode(long address, long end, boolean last) throws MalformedRecord {
        Memory.putByte(end, (byte) '\n');
        long at = address;
        while (at < end && !rows.isFull()) {
            long next = line(at, end, last);
            if (next == at) {
                break;
            }
            at = next;
        }
        return at;
    }

    private long line(long from, long end, boolean last) throws MalformedRecord {
        long start = JsonScanner.skipSpace(from);
        long stop = Memory.getByte(start) == '\n' ? start : object(start);
        if (stop != ODD) {
            stop = JsonScanner.skipSpace(stop);
            if (Memory.getByte(stop) == '\n' && (stop < end || last)) {
                if (stop > start) {
                    rows.endRow();
                }
                return Math.min(stop + 1, end);
            }
        }
        rows.clearRow();
        stop = Utf8Scan.find(from, end, '\n');
        if (stop == end && !last) {
            return from;
        }
        odd.add(from, stop);
        return Math.min(stop + 1, end);
    }

    private long object(long from) {
        if (Memory.getByte(from) != '{') {
            return ODD;
        }
        long at = JsonScanner.skipSpace(from + 1);
        if (Memory.getByte(at) == '}') {
            return at + 1;
        }
        int row = rows.rows();
        for (int position = 0;; position++) {
            int matched = names.match(position, at);
            at = matched == 0 ? otherField(position, at, row) : value(position, at + matched, row);
            if (at == ODD) {
                return ODD;
            }
            int c = Memory.getByte(at);
            if (c <= ' ') {
                at = JsonScanner.skipSpace(at);
                c = Memory.getByte(at);
            }
            if (c == '}') {
                return at + 1;
            }
            if (c != ',') {
                return ODD;
            }
            at++;
            if (Memory.getByte(at) <= ' ') {
                at = JsonScanner.skipSpace(at);
            }
        }
    }

    private long value(int position, long at, int row) {
        return value(names.column(position), names.isExact(position), at, row);
    }

    private long value(int column, boolean isExact, long from, int row) {
        long at = Memory.getByte(from) <= ' ' ? JsonScanner.skipSpace(from) : from;
        if (column == JsonFieldNames.UNWANTED || (!isExact && columns[column].isSet(row))) {
            return scanner.skip(at, 0);
        }
        return values.read(at, columns[column], row);
    }

    /// A field that was not at this position in the record before.
    private long otherField(int position, long at, int row) {
        if (Memory.getByte(at) != '"') {
            return ODD;
        }
        long quote = JsonScanner.stringEnd(at + 1);
        if (quote == ODD || Utf8Scan.find(at + 1, quote, '\\') < quote) {
            return ODD;
        }
        String name = JsonFieldNames.name(at + 1, quote);
        int column = names.find(name);
        boolean isExact = names.isExactName(name);
        if (Memory.getByte(quote + 1) == ':') {
            names.learn(position, at, quote + 2, column, isExact);
            return value(column, isExact, quote + 2, row);
        }
        long colon = JsonScanner.skipSpace(quote + 1);
        return Memory.getByte(colon) == ':' ? value(column, isExact, colon + 1, row) : ODD;
    }

    @Override
    public boolean isFull() {
        return rows.isFull();
    }

    @Override
    public int rowCount() {
        return rows.rows();
    }

    @Override
    public Batch take() {
        return rows.take();
    }

    @Override
    public long takeDropped() {
        return bad.takeDropped();
    }

    @Override
    public void close() {
        rows.close();
    }
}
