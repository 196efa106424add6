package dev.thalweg.state.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// The payload of a CHANGES record: the trigger's own JSON (W' of every edge, and what else it must know), then the
/// changes of state, one section a task.
public final class ChangesPayload {
    private ChangesPayload() {}

    /// The parts to hand to [TriggerLog#append]; the sections are not copied.
    public static List<ByteBuffer> of(String json, List<ByteBuffer> sections) {
        byte[] text = json.getBytes(UTF_8);
        List<ByteBuffer> parts = new ArrayList<>(1 + 2 * sections.size());
        ByteBuffer head = ByteBuffer.allocate(8 + text.length).order(ByteOrder.LITTLE_ENDIAN);
        parts.add(head.putInt(text.length).put(text).putInt(sections.size()).flip());
        for (ByteBuffer section : sections) {
            parts.add(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(section.remaining()).flip());
            parts.add(section);
        }
        return parts;
    }

    public static String json(LogRecord changes) {
        byte[] text = new byte[changes.payload().getInt(0)];
        changes.payload().get(4, text);
        return new String(text, UTF_8);
    }

    /// Little-endian slices of the record.
    public static List<ByteBuffer> sections(LogRecord changes) {
        ByteBuffer payload = changes.payload();
        int at = 4 + payload.getInt(0);
        int count = payload.getInt(at);
        at += 4;
        List<ByteBuffer> sections = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int length = payload.getInt(at);
            sections.add(payload.slice(at + 4, length).order(ByteOrder.LITTLE_ENDIAN));
            at += 4 + length;
        }
        return sections;
    }
}
