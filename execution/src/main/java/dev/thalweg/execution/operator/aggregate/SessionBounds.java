package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.Scratch;
import dev.thalweg.execution.operator.StateTables;
import dev.thalweg.execution.operator.session.SessionTime;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyedState;
import dev.thalweg.state.StateTable;
import java.util.Arrays;
import org.apache.arrow.memory.BufferAllocator;

/// Which sessions each key has, where rows are only added: sessions grow and meet, and never break apart.
///
/// State: a table `key -> start, end of one session; those of the others`. Most keys have one session that is open, the one that
/// rows come to: it is looked at first. **Part of the checkpoint format.** A key has no sessions when its end is its start.
/// **Cost** one probe a row.
final class SessionBounds implements AutoCloseable {
    private static final int NOT_YET = -1;

    private final KeyedState sessions;
    private final long gap;
    private final Scratch others;
    private final SessionMoves moves = new SessionMoves();
    private int[] slots = new int[0];
    /// By slot: whether the move of the session that is looked at first is noted already in this batch.
    private boolean[] isNoted = new boolean[0];
    private int[] noted = new int[64];
    private int notedCount;

    SessionBounds(String name, String keyType, long gap, StateTables tables, BufferAllocator allocator) {
        this.sessions = tables.open(new StateTable(name + ".sessions", 16, true, false, keyType,
                "start TIMESTAMP, end TIMESTAMP; others"));
        this.gap = gap;
        this.others = new Scratch(allocator);
    }

    /// Finds the session of each row once all of them are there.
    ///
    /// @param times of the rows
    /// @param starts receives the start of each row's session
    /// @param ends receives its end
    /// @return sessions whose bounds are others than before the batch; bounds that no session had then are among them. Good until
    ///         the next call
    SessionMoves take(EncodedKeys keys, long[] times, int count, long[] starts, long[] ends) {
        moves.clear();
        if (slots.length < count) {
            slots = new int[count];
        }
        sessions.findOrInsert(keys, slots);
        for (int i = 0; i < count; i++) {
            add(slots[i], times[i], i);
        }
        for (int i = 0; i < count; i++) {
            find(slots[i], times[i], i, starts, ends);
        }
        for (int i = 0; i < notedCount; i++) {
            isNoted[noted[i]] = false;
        }
        notedCount = 0;
        return moves;
    }

    private void add(int slot, long time, int row) {
        long at = sessions.value(slot);
        long start = Memory.getLong(at);
        long end = Memory.getLong(at + 8);
        long rowEnd = SessionTime.end(time, gap);
        if (time >= start && rowEnd <= end && start != end) {
            return;
        }
        sessions.touch(slot);
        if (time <= end && rowEnd >= start && start != end && sessions.tailLength(slot) == 0) {
            note(slot, row, start, end);
            Memory.putLong(at, Math.min(start, time));
            Memory.putLong(at + 8, Math.max(end, rowEnd));
            return;
        }
        addToMany(slot, time, rowEnd, row);
    }

    /// The first time in a batch that a session grows its bounds were those that its group has.
    private void note(int slot, int row, long start, long end) {
        if (slot >= isNoted.length || !isNoted[slot]) {
            moves.add(row, start, end);
            mark(slot, true);
        }
    }

    private void mark(int slot, boolean isKnown) {
        if (slot >= isNoted.length) {
            isNoted = Arrays.copyOf(isNoted, Math.max(slot + 1, isNoted.length * 2));
        }
        isNoted[slot] = isKnown;
        if (notedCount == noted.length) {
            noted = Arrays.copyOf(noted, notedCount * 2);
        }
        noted[notedCount++] = slot;
    }

    /// The row makes one session of all that it touches; it is the first from now on.
    private void addToMany(int slot, long time, long rowEnd, int row) {
        long at = sessions.value(slot);
        int many = sessions.tailLength(slot) >>> 4;
        long tail = sessions.tail(slot);
        long to = others.reserve((many + 1L) << 4);
        int left = 0;
        long start = time;
        long end = rowEnd;
        boolean grows = true;
        for (int i = NOT_YET; i < many; i++) {
            long from = i < 0 ? at : tail + ((long) i << 4);
            long oldStart = Memory.getLong(from);
            long oldEnd = Memory.getLong(from + 8);
            if (oldStart == oldEnd) {
                continue; // a key without a session
            }
            if (oldStart <= rowEnd && oldEnd >= time) {
                grows = time < oldStart || rowEnd > oldEnd;
                if (grows) {
                    moves.add(row, oldStart, oldEnd);
                }
                start = Math.min(start, oldStart);
                end = Math.max(end, oldEnd);
            } else {
                Memory.putLong(to + ((long) left << 4), oldStart);
                Memory.putLong(to + ((long) left++ << 4) + 8, oldEnd);
            }
        }
        mark(slot, grows); // one that the row has not changed may grow yet
        sessions.setTail(slot, to, left << 4);
        Memory.putLong(at, start);
        Memory.putLong(at + 8, end);
    }

    private void find(int slot, long time, int row, long[] starts, long[] ends) {
        long at = sessions.value(slot);
        if (time < Memory.getLong(at) || time >= Memory.getLong(at + 8)) {
            long stop = sessions.tail(slot) + sessions.tailLength(slot);
            for (at = sessions.tail(slot); at < stop; at += 16) {
                if (time >= Memory.getLong(at) && time < Memory.getLong(at + 8)) {
                    break;
                }
            }
        }
        starts[row] = Memory.getLong(at);
        ends[row] = Memory.getLong(at + 8);
    }

    /// Forgets the sessions of some keys that end at or before `micros`.
    void removeThrough(EncodedKeys keys, long micros) {
        keep(keys, (_, _, end) -> end > micros);
    }

    /// Forgets a session of each of some keys, where the key has one of these very bounds.
    void remove(EncodedKeys keys, long[] starts, long[] ends) {
        keep(keys, (key, start, end) -> start != starts[key] || end != ends[key]);
    }

    private interface Stays {
        boolean test(int key, long start, long end);
    }

    private void keep(EncodedKeys keys, Stays stays) {
        if (slots.length < keys.count()) {
            slots = new int[keys.count()];
        }
        sessions.find(keys, slots);
        for (int i = 0; i < keys.count(); i++) {
            if (slots[i] != KeyedState.ABSENT && !sessions.isRemoved(slots[i])) {
                sessions.touch(slots[i]);
            }
        }
        for (int i = 0; i < keys.count(); i++) {
            if (slots[i] != KeyedState.ABSENT && !sessions.isRemoved(slots[i])) {
                keep(slots[i], i, stays);
            }
        }
    }

    private void keep(int slot, int key, Stays stays) {
        long at = sessions.value(slot);
        int many = sessions.tailLength(slot) >>> 4;
        long tail = sessions.tail(slot);
        long to = others.reserve((many + 1L) << 4);
        int left = 0;
        for (int i = NOT_YET; i < many; i++) {
            long from = i < 0 ? at : tail + ((long) i << 4);
            if (stays.test(key, Memory.getLong(from), Memory.getLong(from + 8))) {
                Memory.putLong(to + ((long) left << 4), Memory.getLong(from));
                Memory.putLong(to + ((long) left++ << 4) + 8, Memory.getLong(from + 8));
            }
        }
        if (left == 0) {
            sessions.remove(slot);
            return;
        }
        Memory.putLong(at, Memory.getLong(to));
        Memory.putLong(at + 8, Memory.getLong(to + 8));
        sessions.setTail(slot, to + 16, (left - 1) << 4);
    }

    @Override
    public void close() {
        others.close();
    }
}
