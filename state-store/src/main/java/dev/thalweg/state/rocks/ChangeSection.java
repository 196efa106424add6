package dev.thalweg.state.rocks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.error.Defect;
import dev.thalweg.state.KeyGroups;
import dev.thalweg.state.log.ChangesPayload;
import dev.thalweg.state.log.LogRecord;
import dev.thalweg.state.overlay.ByteSink;
import dev.thalweg.state.overlay.ResidentTable;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What one task changed in one trigger: the form in which changes stand in the log and wait for RocksDB.
///
/// ```
/// section   first group (1) last group (1) tables (2), then for each table
/// table     bytes that follow (4) name bytes (2) name, expires (1) through (8) operations (4), then for each operation
/// operation type (1) group (1) key bytes (4) key; of a put also: value bytes (4) hash (4) fixed part, tail
/// ```
///
/// Operations are in no order, at most one a key; the range delete goes before them.
///
/// @param memory holds the bytes; direct
/// @param trigger which one changed it
public record ChangeSection(ByteBuffer memory, long trigger) {
    private static final int HEADER_BYTES = 4;

    /// What a CHANGES record has of all tasks.
    public static List<ChangeSection> of(LogRecord changes) {
        return ChangesPayload.sections(changes).stream().map(section -> new ChangeSection(section, changes.trigger()))
                .toList();
    }

    /// Writes the changes of a task's tables, unless nothing has changed.
    ///
    /// @return whether something was written
    public static boolean write(KeyGroups groups, Iterable<ResidentTable> tables, ByteSink out) {
        int begin = out.size();
        out.putByte(groups.first());
        out.putByte(groups.last());
        out.putShort(0);
        int count = 0;
        for (ResidentTable table : tables) {
            if (table.isChanged()) {
                writeTable(groups, table, out);
                count++;
            }
        }
        if (count == 0) {
            out.truncate(begin);
        } else {
            out.setShort(begin + 2, count);
        }
        return count > 0;
    }

    private static void writeTable(KeyGroups groups, ResidentTable table, ByteSink out) {
        int begin = out.size();
        byte[] name = table.declaration().name().getBytes(UTF_8);
        out.putInt(0);
        out.putShort(name.length);
        out.putBytes(name);
        out.putByte(table.expiredAny() ? 1 : 0);
        out.putLong(table.expiredThrough());
        int countAt = out.size();
        out.putInt(0);
        out.setInt(countAt, table.writeChanges(out));
        if (!table.wroteOnly(groups)) { // a restart would look for them in other tasks, and silently go on without them
            throw new Defect("THW-9526", "State table '" + table.declaration().name() + "' has changed entries outside "
                    + groups
                    + ", the key groups of its task. Please send this message, the query and EXPLAIN INCREMENTAL"
                    + " of it.");
        }
        out.setInt(begin, out.size() - begin - 4);
    }

    public KeyGroups groups() {
        return new KeyGroups(Memory.getByte(address()), Memory.getByte(address() + 1));
    }

    /// The tables that the section changes.
    public List<TableChanges> tables() {
        int count = Memory.getShort(address() + 2) & 0xffff;
        List<TableChanges> tables = new ArrayList<>(count);
        long at = address() + HEADER_BYTES;
        for (int i = 0; i < count; i++) {
            int bytes = Memory.getInt(at);
            int nameBytes = Memory.getShort(at + 4) & 0xffff;
            byte[] name = new byte[nameBytes];
            Memory.copy(at + 6, name, 0, nameBytes);
            long after = at + 6 + nameBytes;
            tables.add(new TableChanges(this, new String(name, UTF_8), Memory.getByte(after) != 0,
                    Memory.getLong(after + 1), Memory.getInt(after + 9), after + 13));
            at += 4 + bytes;
        }
        return tables;
    }

    /// The changes of one table, if it has any here.
    public Optional<TableChanges> table(String name) {
        return tables().stream().filter(table -> table.name().equals(name)).findFirst();
    }

    private long address() {
        return MemorySegment.ofBuffer(memory).address();
    }

    /// What a section says of one table.
    ///
    /// @param section keeps the memory alive
    /// @param expires whether entries up to event time `through` are gone, in the section's key groups
    /// @param operations how many
    /// @param address of the first
    public record TableChanges(ChangeSection section, String name, boolean expires, long through, int operations,
            long address) {}
}
