package dev.thalweg.execution.operator.session;

import dev.thalweg.execution.hash.BatchRows;
import dev.thalweg.execution.hash.GroupTable;
import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.execution.hash.RowCodec;
import dev.thalweg.execution.operator.Downstream;
import dev.thalweg.execution.operator.Lateness;
import dev.thalweg.execution.operator.Forgetful;
import dev.thalweg.execution.operator.StateTables;
import dev.thalweg.execution.operator.UsedKeys;
import dev.thalweg.execution.operator.Watermark;
import dev.thalweg.planner.incremental.PlanNode.SessionAssign;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.error.Defect;
import dev.thalweg.state.EncodedKeys;
import java.util.Arrays;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/// Says of each row in which session it is: rows of a key are in one as long as each begins no later than those before it end,
/// its time and the gap later.
///
/// State: the rows of the open sessions ([SessionState]). A session is freed when the watermark passes its end; a row is late
/// when it has passed the row's time, so that no row meets a session that was given away.
/// Changes: any in. Out, once a trigger: rows that came and went, and where a session has grown, met another or broken apart its
/// rows with the old bounds back and with the new bounds in. Where it emits on close: the rows of a session once, when the
/// watermark has passed its end.
/// A session that has a time to live goes when no row has reached it for so long, and its rows are taken back.
/// Cost: per touched key one look-up; per touched session its rows, read, sorted and written.
public final class SessionAssignOperator implements Forgetful {
    private final SessionDeclaration spec;
    private final KeyEncoder encoder;
    private final RowCodec codec;
    private final Lateness lateness;
    private final SessionState state;
    private final SessionOutput output;
    private final PendingRows pending;
    private final GroupTable touched;
    private final BatchRows batchRows = new BatchRows();
    private int[] ids = new int[0];

    /// @param encoder of the session's key; taken over
    public SessionAssignOperator(String name, SessionAssign session, boolean freed, boolean emitsOnClose,
            KeyEncoder encoder, StateTables tables, Lateness lateness, BufferAllocator allocator) {
        this.spec = SessionDeclaration.of(name, session, freed, emitsOnClose);
        this.encoder = encoder;
        this.codec = new RowCodec(spec.input(), allocator);
        this.lateness = lateness;
        this.state = new SessionState(spec, spec.input().select(session.keys()).sql(), tables, allocator);
        this.output = new SessionOutput(spec, allocator);
        this.pending = new PendingRows(allocator);
        this.touched = new GroupTable(allocator);
    }

    @Override
    public void push(int input, Batch batch, Downstream out) {
        try (Batch onTime = lateness.refuse(batch, out)) {
            int count = onTime.rowCount();
            if (count == 0) {
                return;
            }
            if (ids.length < count) {
                ids = new int[count];
            }
            touched.findOrInsert(encoder.encode(onTime), ids);
            remember(onTime, codec.encode(onTime));
        }
    }

    private void remember(Batch batch, EncodedKeys bytes) {
        int[] physical = batchRows.of(batch);
        FieldVector times = batch.vector(spec.time());
        FieldVector gaps = spec.gap() < 0 ? times : batch.vector(spec.gap());
        for (int i = 0; i < batch.rowCount(); i++) {
            long time = SessionTime.value(times, physical[i]);
            long gap = spec.gap() < 0 ? spec.constantGap() : SessionTime.value(gaps, physical[i]);
            if (time != SessionTime.NONE && gap > 0) {
                int row = pending.add(ids[i], time, SessionTime.end(time, gap), bytes.address(i), bytes.length(i));
                pending.is[row] = batch.weight(i);
            }
        }
    }

    @Override
    public void advance(Watermark watermark, Downstream out) {
        if (pending.count > 0) {
            settle(out);
        }
        pending.clear();
        touched.clear();
        if (spec.freed() && watermark.micros() != Long.MIN_VALUE) {
            if (spec.emitsOnClose()) {
                state.emitThrough(watermark.micros(), output, out);
            }
            state.removeThrough(watermark.micros());
        }
        lateness.advance(watermark);
    }

    @Override
    public void forget(UsedKeys keys, Downstream out) {
        state.forget(keys, output, out);
    }

    /// The rows of a trigger, key by key.
    private void settle(Downstream out) {
        int keys = touched.size();
        int[] begin = new int[keys + 1];
        int rows = pending.count;
        for (int i = 0; i < rows; i++) {
            begin[pending.key[i] + 1]++;
        }
        for (int key = 0; key < keys; key++) {
            begin[key + 1] += begin[key];
        }
        int[] byKey = new int[rows];
        int[] next = Arrays.copyOf(begin, keys);
        for (int i = 0; i < rows; i++) {
            byKey[next[pending.key[i]]++] = i;
        }
        int[] slots = state.open(touched);
        for (int key = 0; key < keys; key++) {
            settle(key, slots[key], Arrays.copyOfRange(byKey, begin[key], begin[key + 1]));
            if (output.isFull()) {
                output.flush(pending.bytesFrom(), out);
            }
        }
        output.flush(pending.bytesFrom(), out);
    }

    private void settle(int key, int slot, int[] fresh) {
        int sessions = state.size(slot);
        boolean[] reached = new boolean[sessions];
        for (int row : fresh) {
            reach(slot, row, reached);
        }
        long[] ends = new long[sessions];
        int many = 0;
        for (int i = 0; i < sessions; i++) {
            if (reached[i]) {
                ends[many++] = state.end(slot, i);
            }
        }
        int before = pending.count;
        state.take(slot, touched.hash(key), key, ends, many, pending);
        int[] rows = Arrays.copyOf(fresh, fresh.length + pending.count - before);
        for (int i = before; i < pending.count; i++) {
            rows[fresh.length + i - before] = i;
        }
        pending.sort(rows, rows.length);
        Found found = find(rows, addedUp(rows));
        emit(found);
        store(key, slot, reached, found);
    }

    /// Marks the sessions of the key that a row touches.
    private void reach(int slot, int row, boolean[] reached) {
        int low = 0;
        int high = reached.length;
        while (low < high) { // the first session that does not end before the row
            int middle = (low + high) >>> 1;
            if (state.end(slot, middle) < pending.time[row]) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        for (int i = low; i < reached.length && state.start(slot, i) <= pending.end[row]; i++) {
            reached[i] = true;
        }
    }

    /// Puts equal rows together, in order; gives back how many different ones there are.
    private int addedUp(int[] rows) {
        int different = 0;
        for (int i = 0; i < rows.length; i++) {
            int row = rows[i];
            int last = different == 0 ? -1 : rows[different - 1];
            if (last < 0 || pending.compare(last, row) != 0) {
                rows[different++] = row;
                continue;
            }
            pending.is[last] += pending.is[row];
            pending.was[last] += pending.was[row];
            if (pending.wasEnd[row] != PendingRows.NO_SESSION) {
                pending.wasStart[last] = pending.wasStart[row];
                pending.wasEnd[last] = pending.wasEnd[row];
            }
        }
        return different;
    }

    /// Rows in order, and the sessions that they make: `first[s]` up to `first[s + 1]` are the rows of session `s`.
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    private record Found(int[] rows, int count, int[] session, long[] starts, long[] ends, int sessions) {}

    private Found find(int[] rows, int count) {
        int[] session = new int[count];
        long[] starts = new long[count];
        long[] ends = new long[count];
        int sessions = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            if (pending.is[row] < 0) {
                throw new Defect("THW-9442", "A row was taken back from '" + spec.name()
                        + "' that is not there. Please send the query and EXPLAIN INCREMENTAL of it.");
            }
            if (pending.is[row] == 0) {
                session[i] = -1;
                continue;
            }
            if (sessions == 0 || pending.time[row] > ends[sessions - 1]) {
                starts[sessions] = pending.time[row];
                ends[sessions++] = pending.end[row];
            }
            ends[sessions - 1] = Math.max(ends[sessions - 1], pending.end[row]);
            session[i] = sessions - 1;
        }
        return new Found(rows, count, session, starts, ends, sessions);
    }

    private void emit(Found found) {
        if (spec.emitsOnClose()) {
            return;
        }
        for (int i = 0; i < found.count; i++) {
            int row = found.rows[i];
            int session = found.session[i];
            boolean stays = session >= 0 && found.starts[session] == pending.wasStart[row]
                    && found.ends[session] == pending.wasEnd[row];
            long back = stays ? 0 : pending.was[row];
            long now = stays ? pending.is[row] - pending.was[row] : pending.is[row];
            if (back > 0) {
                output.add(pending.offset[row], pending.wasStart[row], pending.wasEnd[row], -back);
            }
            if (session >= 0 && now != 0) {
                output.add(pending.offset[row], found.starts[session], found.ends[session], now);
            }
        }
    }

    private void store(int key, int slot, boolean[] reached, Found found) {
        long[] starts = new long[reached.length + found.sessions];
        long[] ends = new long[starts.length];
        int count = 0;
        int next = 0;
        for (int i = 0; i < reached.length; i++) {
            if (reached[i]) {
                continue;
            }
            for (; next < found.sessions && found.starts[next] < state.start(slot, i); next++) {
                starts[count] = found.starts[next];
                ends[count++] = found.ends[next];
            }
            starts[count] = state.start(slot, i);
            ends[count++] = state.end(slot, i);
        }
        for (; next < found.sessions; next++) {
            starts[count] = found.starts[next];
            ends[count++] = found.ends[next];
        }
        int row = 0;
        for (int session = 0; session < found.sessions; session++) {
            state.beginRows();
            for (; row < found.count && found.session[row] <= session; row++) {
                if (found.session[row] == session) {
                    state.addRow(pending, found.rows[row]);
                }
            }
            state.put(slot, touched.hash(key), found.starts[session], found.ends[session]);
        }
        state.setBounds(slot, starts, ends, count);
    }

    @Override
    public void close() {
        encoder.close();
        codec.close();
        state.close();
        pending.close();
        touched.close();
    }
}
