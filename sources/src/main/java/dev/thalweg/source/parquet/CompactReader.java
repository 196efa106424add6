package dev.thalweg.source.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Reads Thrift's compact protocol, in which Parquet writes its footer and its page headers.
///
/// **Errors** [BufferUnderflowException] where the bytes end too early, [DamagedFile] where they make no sense.
/// **Source** thrift-compact-protocol.md of Apache Thrift.
final class CompactReader {
    private static final int STOP = 0, TRUE = 1, FALSE = 2, BYTE = 3, DOUBLE = 7, BINARY = 8, LIST = 9, SET = 10,
            MAP = 11, STRUCT = 12;
    private static final int DEPTH_MAX = 64;

    private final ByteBuffer in;
    /// What kind of value comes next.
    private int type;
    private int depth;

    /// Takes one field of a struct: reads its value, or skips it.
    interface FieldTaker {
        void take(int id);
    }

    CompactReader(ByteBuffer in) {
        this.in = in;
    }

    void struct(FieldTaker taker) {
        if (++depth > DEPTH_MAX) {
            throw new DamagedFile("its structures are nested deeper than " + DEPTH_MAX);
        }
        int id = 0;
        while (true) {
            int header = in.get() & 0xFF;
            type = header & 0xF;
            if (type == STOP) {
                depth--;
                return;
            }
            int step = header >>> 4;
            id = step == 0 ? (int) zigzag() : id + step;
            taker.take(id);
        }
    }

    <T> List<T> list(Supplier<T> element) {
        int header = in.get() & 0xFF;
        long size = header >>> 4 == 15 ? varint() : header >>> 4;
        if (size < 0 || size > in.remaining()) {
            throw new BufferUnderflowException(); // an element has a byte at least
        }
        List<T> elements = new ArrayList<>((int) size);
        int elementType = header & 0xF;
        for (long i = 0; i < size; i++) {
            type = elementType;
            elements.add(element.get());
        }
        return elements;
    }

    int i32() {
        long value = i64();
        if (value != (int) value) {
            throw new DamagedFile("a number in its structures is out of range: " + value);
        }
        return (int) value;
    }

    long i64() {
        return type == BYTE ? in.get() : zigzag();
    }

    /// A boolean that is a field: its value stands in the field's header.
    boolean bool() {
        return type == TRUE;
    }

    String text() {
        return new String(bytes(), UTF_8);
    }

    byte[] bytes() {
        byte[] bytes = new byte[length()];
        in.get(bytes);
        return bytes;
    }

    private int length() {
        long length = varint();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        return (int) length;
    }

    void skip() {
        switch (type) {
            case TRUE, FALSE -> {
                // the header says it all
            }
            case BYTE -> in.get();
            case 4, 5, 6 -> varint();
            case DOUBLE -> in.getLong();
            case BINARY -> {
                int length = length();
                in.position(in.position() + length);
            }
            case LIST, SET -> list(this::skipElement);
            case MAP -> skipMap();
            case STRUCT -> struct(_ -> skip());
            default -> throw new DamagedFile("its structures hold a value of the unknown kind " + type);
        }
    }

    private boolean skipElement() {
        if (type == TRUE || type == FALSE) {
            in.get();
        } else {
            skip();
        }
        return true;
    }

    private void skipMap() {
        long size = varint();
        int types = size == 0 ? 0 : in.get() & 0xFF;
        for (long i = 0; i < size; i++) {
            type = types >>> 4;
            skipElement();
            type = types & 0xF;
            skipElement();
        }
    }

    private long zigzag() {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new DamagedFile("a number in its structures does not end");
    }
}
