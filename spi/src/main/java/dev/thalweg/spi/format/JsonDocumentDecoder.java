package dev.thalweg.spi.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import java.io.IOException;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/// Reads a whole file as one document (option `multiLine`): an object is one row, an array of objects one row each, and
/// several documents may follow each other.
///
/// **Cost** The file is in memory as a whole; rows come batch by batch.
public final class JsonDocumentDecoder implements RowDecoder {
    private final RowBuffers rows;
    private final JsonVectors vectors;
    private final JsonRecords records;
    private final BadRecords bad;
    private byte[] text = {};
    private @Nullable JsonParser parser;
    private boolean inArray;
    private boolean done;

    public JsonDocumentDecoder(RowType columns, JsonOptions options, BufferAllocator allocator, int rowsMax) {
        this.vectors = new JsonVectors(options);
        this.rows = new RowBuffers(columns, allocator, rowsMax); // last of what may fail
        this.bad = new BadRecords(options.mode(), options.corruptColumn(), columns);
        this.records = new JsonRecords(rows, new JsonFieldNames(columns, bad.corruptColumn()), vectors, bad);
    }

    @Override
    public long decode(long address, long end, boolean last) throws MalformedRecord {
        if (!last) {
            return address;
        }
        try {
            while (!done && !rows.isFull()) {
                step(address, end);
            }
        } catch (JsonProcessingException e) {
            done = true;
            records.malformed(address, end, "it is not JSON: " + JsonComplaint.of(e));
        } catch (IOException e) {
            done = true;
            records.malformed(address, end, "it is not JSON: " + e.getMessage());
        }
        return done ? end : address;
    }

    private void step(long address, long end) throws IOException, MalformedRecord {
        JsonParser at = parser;
        if (at == null) {
            if (!Utf8Scan.isValid(address, end)) {
                done = true;
                records.malformed(address, end, "it is not UTF-8");
                return;
            }
            text = TextSlices.bytes(address, end);
            at = vectors.parser(text);
            parser = at;
        }
        JsonToken token = at.nextToken();
        if (token == null) {
            done = true;
        } else if (!inArray && token == JsonToken.START_ARRAY) {
            inArray = true;
        } else if (inArray && token == JsonToken.END_ARRAY) {
            inArray = false;
        } else {
            records.row(at, text, address, end);
        }
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
        try {
            if (parser != null) {
                parser.close();
            }
        } catch (IOException _) {
            // it reads from memory
        }
    }
}
