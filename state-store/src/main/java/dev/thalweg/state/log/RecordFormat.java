package dev.thalweg.state.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.CRC32C;

/// How records and segments lie in a file, format version 1, little-endian.
///
/// ```
/// segment   +0 "THWLOG01"  +8 first trigger  +16 epoch  +24 CRC32C of the 24 bytes before
/// record    +0 "TR" +2 type +3 zero  +4 payload bytes  +8 CRC32C of the rest, from +12 on, and of +0 to +8
///           +12 trigger  +20 epoch  +28 durable  +36 payload
/// ```
///
/// `durable` is the length of the segment that had been synced when the record was written. It tells damage from a crash: a
/// bad record below the durable length of a later, good one was once on disk.
final class RecordFormat {
    static final int SEGMENT_HEADER_BYTES = 28;
    static final int HEADER_BYTES = 36;

    private static final long SEGMENT_MAGIC = 0x3130_474f_4c57_4854L; // "THWLOG01"
    private static final byte MAGIC_0 = 'T';
    private static final byte MAGIC_1 = 'R';

    private RecordFormat() {}

    static ByteBuffer segmentHeader(long firstTrigger, long epoch) {
        ByteBuffer header = ByteBuffer.allocate(SEGMENT_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(SEGMENT_MAGIC).putLong(firstTrigger).putLong(epoch);
        CRC32C crc = new CRC32C();
        crc.update(header.array(), 0, 24);
        return header.putInt((int) crc.getValue()).flip();
    }

    static boolean isSegmentHeader(ByteBuffer file) {
        if (file.limit() < SEGMENT_HEADER_BYTES || file.getLong(0) != SEGMENT_MAGIC) {
            return false;
        }
        CRC32C crc = new CRC32C();
        crc.update(file.slice(0, 24));
        return file.getInt(24) == (int) crc.getValue();
    }

    /// Writes a record's header at the buffer's beginning and makes the buffer ready to be written.
    static void header(ByteBuffer header, RecordType type, long trigger, long epoch, long durable,
            List<ByteBuffer> payload) {
        int length = Math.toIntExact(payloadBytes(payload));
        header.clear();
        header.put(MAGIC_0).put(MAGIC_1).put((byte) type.code()).put((byte) 0).putInt(length).putInt(0);
        header.putLong(trigger).putLong(epoch).putLong(durable).flip();
        CRC32C crc = new CRC32C();
        crc.update(header.slice(12, HEADER_BYTES - 12));
        for (ByteBuffer part : payload) {
            crc.update(part.duplicate());
        }
        crc.update(header.slice(0, 8));
        header.putInt(8, (int) crc.getValue());
    }

    static long payloadBytes(List<ByteBuffer> payload) {
        long bytes = 0;
        for (ByteBuffer part : payload) {
            bytes += part.remaining();
        }
        return bytes;
    }

    /// Whether a whole, undamaged record begins at `offset` of the file.
    static boolean isRecord(ByteBuffer file, long offset) {
        if (file.limit() - offset < HEADER_BYTES) {
            return false;
        }
        int at = (int) offset;
        if (file.get(at) != MAGIC_0 || file.get(at + 1) != MAGIC_1 || !RecordType.isKnown(file.get(at + 2))) {
            return false;
        }
        int length = file.getInt(at + 4);
        if (length < 0 || length > file.limit() - offset - HEADER_BYTES) {
            return false;
        }
        CRC32C crc = new CRC32C();
        crc.update(file.slice(at + 12, HEADER_BYTES - 12 + length));
        crc.update(file.slice(at, 8));
        return file.getInt(at + 8) == (int) crc.getValue();
    }

    static RecordType type(ByteBuffer file, long offset) {
        return RecordType.of(file.get((int) offset + 2));
    }

    static int length(ByteBuffer file, long offset) {
        return file.getInt((int) offset + 4);
    }

    static long trigger(ByteBuffer file, long offset) {
        return file.getLong((int) offset + 12);
    }

    static long epoch(ByteBuffer file, long offset) {
        return file.getLong((int) offset + 20);
    }

    static long durable(ByteBuffer file, long offset) {
        return file.getLong((int) offset + 28);
    }
}
