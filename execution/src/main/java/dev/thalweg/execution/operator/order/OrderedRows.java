package dev.thalweg.execution.operator.order;

import dev.thalweg.execution.hash.GroupTable;
import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.execution.hash.RowCodec;
import dev.thalweg.execution.hash.Scratch;
import dev.thalweg.execution.operator.SortKeys;
import dev.thalweg.execution.operator.StateTables;
import dev.thalweg.execution.operator.UsedKeys;
import dev.thalweg.execution.operator.Watermark;
import dev.thalweg.execution.operator.aggregate.KeyTree;
import dev.thalweg.planner.incremental.PlanNode.SortKey;
import dev.thalweg.planner.incremental.PlanNode.TopN;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyedState;
import dev.thalweg.state.Murmur3;
import dev.thalweg.state.StateTable;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;

/// The rows of all partitions, each in its place: by partition, by the order asked for, and rows with equal order by their
/// bytes, so that nothing depends on how they arrive.
///
/// State: a table `partition, order, row -> weight`, whose keys are ordered in memory by a [KeyTree]. A partition that holds the
/// event time is freed when the watermark passes it; one that has a time to live goes when no row has reached it for so long
/// ([PartitionLives]).
/// Cost: one probe a row, and a walk down the tree for a new one.
public final class OrderedRows implements AutoCloseable {
    /// The value of an entry: its weight, and where in the key the order and the row begin.
    private static final int ORDER = 8;
    private static final int ROW = 12;
    private static final int VALUE_BYTES = 16;
    /// Before all times, but behind the watermark that there is none.
    private static final long FIRST = Long.MIN_VALUE + 1;

    private final KeyEncoder partitions;
    private final SortKeys order;
    private final RowCodec codec;
    private final KeyedState rows;
    private final KeyTree tree;
    private final GroupTable touched;
    private final Scratch scratch;
    private final EncodedKeys keys = new EncodedKeys(0);
    private final boolean holdsEventTime;
    private final Optional<PartitionLives> lives;
    private int[] slots = new int[0];
    private int[] ids = new int[0];

    /// @param partitions of the partition's columns; taken over
    public OrderedRows(String name, RowType type, KeyEncoder partitions, List<SortKey> sortKeys, StateTables tables,
            BufferAllocator allocator) {
        this.partitions = partitions;
        this.order = new SortKeys(sortKeys, allocator);
        this.codec = new RowCodec(type, allocator);
        this.holdsEventTime = partitions.layout().timeColumn() >= 0;
        this.rows = tables.open(new StateTable(name + ".rows", VALUE_BYTES, false, holdsEventTime, type.sql(),
                "weight BIGINT"));
        rows.keepResident(KeyTree.SLOT_BYTES);
        this.lives = tables.forgets()
                ? Optional.of(new PartitionLives(name, type.select(partitions.columns()).sql(), tables))
                : Optional.empty();
        this.tree = new KeyTree(rows);
        this.touched = new GroupTable(allocator);
        this.scratch = new Scratch(allocator);
    }

    /// Takes in the rows of a batch, which the caller closes.
    public void add(Batch batch) {
        int count = batch.rowCount();
        if (count == 0) {
            return;
        }
        if (slots.length < count) {
            slots = new int[count];
            ids = new int[count];
        }
        EncodedKeys partition = partitions.encode(batch);
        touched.findOrInsert(partition, ids);
        lives.ifPresent(each -> each.reach(partition));
        order.encode(batch);
        place(partition, codec.encode(batch), count);
        rows.findOrInsert(keys, slots);
        for (int i = 0; i < count; i++) {
            int slot = slots[i];
            rows.touch(slot);
            long at = rows.value(slot);
            Memory.putLong(at, Memory.getLong(at) + batch.weight(i));
            Memory.putInt(at + ORDER, partition.length(i));
            Memory.putInt(at + ROW, partition.length(i) + order.length(i));
            if (!tree.contains(slot)) {
                tree.insert(slot);
            }
        }
    }

    /// Lays partition, order and row behind each other; a row lives in the key group of its partition.
    private void place(EncodedKeys partition, EncodedKeys row, int count) {
        long total = 0;
        for (int i = 0; i < count; i++) {
            total += partition.length(i) + order.length(i) + row.length(i);
        }
        long at = scratch.reserve(total + 8);
        keys.reset(count);
        for (int i = 0; i < count; i++) {
            int begin = partition.length(i);
            int end = begin + order.length(i);
            int length = end + row.length(i);
            Memory.copy(partition.address(i), at, begin);
            Memory.copy(order.address(i), at + begin, order.length(i));
            Memory.copy(row.address(i), at + end, row.length(i));
            keys.set(i, at, length, KeyEncoder.owned(Murmur3.hash(at, length), partition.hash(i)));
            at += length;
        }
    }

    // ---- partitions

    /// Drops the rows of the partitions whose time to live is over and of which none waits. The trigger is over.
    ///
    /// @param waits whether a row does
    /// @param gone told the number that each has among those that are touched
    public void forget(UsedKeys keys, KeyTree.Visitor waits, IntConsumer gone) {
        lives.ifPresent(each -> each.end(keys, touched, partition -> {
            IntStream.Builder all = IntStream.builder();
            boolean waitsNone = tree.walk(touched.keyAddress(partition), touched.keyLength(partition), slot -> {
                all.add(slot);
                return !waits.visit(slot);
            });
            if (waitsNone) {
                all.build().forEach(this::drop);
                gone.accept(partition);
            }
            return waitsNone;
        }));
        touched.clear();
    }

    /// Takes back the rows of the partitions whose time to live is over, as if the input had done so.
    void takeForgottenBack() {
        lives.ifPresent(each -> each.end(touched, partition -> walk(partition, slot -> {
            rows.touch(slot);
            Memory.putLong(rows.value(slot), 0);
            return true;
        })));
    }

    /// The partitions that this trigger has touched, by their keys.
    public GroupTable touchedPartitions() {
        return touched;
    }

    /// How many partitions this trigger has touched.
    public int touched() {
        return touched.size();
    }

    /// Calls for the rows of a touched partition, in order, until the visitor has had enough.
    public void walk(int partition, KeyTree.Visitor visitor) {
        tree.walk(touched.keyAddress(partition), touched.keyLength(partition), visitor);
    }

    /// Calls for the rows of a partition, in order, until the visitor has had enough.
    void walk(long partition, int length, KeyTree.Visitor visitor) {
        tree.walk(partition, length, visitor);
    }

    /// Calls for the rows of all partitions that the watermark has passed, partition by partition, in order.
    void walkThrough(Watermark watermark, KeyTree.Visitor visitor) {
        if (watermark.micros() != Long.MIN_VALUE) {
            tree.walk(0, 0, slot -> time(slot) <= watermark.micros() && visitor.visit(slot));
        }
    }

    /// Calls for the rows behind one of them (before it, where `backwards`), the next first, to the end of its partition or
    /// until the visitor has had enough.
    void walkFrom(int from, boolean backwards, KeyTree.Visitor visitor) {
        tree.walkFrom(from, backwards, slot -> samePartition(from, slot) && visitor.visit(slot));
    }

    /// Calls for the rows of a row's partition, in order, until the visitor has had enough.
    void walkPartition(int slot, KeyTree.Visitor visitor) {
        tree.walk(rows.keyAddress(slot), Memory.getInt(rows.value(slot) + ORDER), visitor);
    }

    /// Whether the watermark has passed the partition of a row.
    boolean isPassed(int slot, Watermark watermark) {
        return holdsEventTime && watermark.micros() != Long.MIN_VALUE && time(slot) <= watermark.micros();
    }

    private long time(int slot) {
        return Long.reverseBytes(Memory.getLong(rows.keyAddress(slot))) ^ Long.MIN_VALUE;
    }

    // ---- rows

    /// The rows that are not there as often as when the trigger began, in order.
    int[] changed() {
        int[] changed = new int[rows.changedCount()];
        int count = 0;
        for (int i = 0; i < changed.length; i++) {
            int slot = rows.changed(i);
            if (Math.max(0, before(slot)) != Math.max(0, now(slot))) {
                changed[count++] = slot;
            }
        }
        return tree.sorted(changed, count);
    }

    /// Whether so many rows have changed that to walk over all of their partitions is less work than to look for each.
    boolean isMostlyNew() {
        return rows.changedCount() * 4L >= rows.size();
    }

    boolean isBefore(int one, int other) {
        return tree.compare(one, other) < 0;
    }

    /// The columns by which rows are partitioned, as bytes.
    byte[] partition(int slot) {
        byte[] bytes = new byte[Memory.getInt(rows.value(slot) + ORDER)];
        Memory.copy(rows.keyAddress(slot), bytes, 0, bytes.length);
        return bytes;
    }

    /// Where the order of a row lies, as [SortKeys] writes it.
    long order(int slot) {
        return rows.keyAddress(slot) + Memory.getInt(rows.value(slot) + ORDER);
    }

    int orderLength(int slot) {
        return Memory.getInt(rows.value(slot) + ROW) - Memory.getInt(rows.value(slot) + ORDER);
    }

    /// How often the row was there when the trigger began.
    long oldTimes(int slot) {
        return Math.max(0, before(slot));
    }

    long newTimes(int slot) {
        return Math.max(0, now(slot));
    }

    /// How often the row was there when the trigger began.
    long before(int slot) {
        long before = rows.before(slot);
        return before == 0 ? 0 : Memory.getLong(before);
    }

    public long now(int slot) {
        return Memory.getLong(rows.value(slot));
    }

    boolean samePartition(int one, int other) {
        return equal(one, other, 0, ORDER);
    }

    /// Whether two rows of one partition have the same place in the order.
    boolean samePlace(int one, int other) {
        int begin = Memory.getInt(rows.value(one) + ORDER);
        return equal(one, other, begin, ROW);
    }

    private boolean equal(int one, int other, int from, int end) {
        int oneEnd = Memory.getInt(rows.value(one) + end);
        return oneEnd == Memory.getInt(rows.value(other) + end)
                && Memory.equal(rows.keyAddress(one) + from, rows.keyAddress(other) + from, oneEnd - from);
    }

    /// Where the bytes of a row lie.
    long row(int slot) {
        return rows.keyAddress(slot) + Memory.getInt(rows.value(slot) + ROW);
    }

    int rowLength(int slot) {
        return rows.keyLength(slot) - Memory.getInt(rows.value(slot) + ROW);
    }

    /// Hands on rows of this.
    RowsOut output(TopN top, BufferAllocator allocator) {
        return new RowsOut(top, (_, rows, count, columns) -> codec.decodeColumns(rows, count).forEach(columns::add),
                allocator);
    }

    /// The rows of these slots as a batch without weights.
    public Batch decode(int[] chosen, int count) {
        long[] at = new long[count];
        for (int i = 0; i < count; i++) {
            at[i] = row(chosen[i]);
        }
        return codec.decode(at, count);
    }

    /// The rows that begin at these addresses, as a batch without weights.
    Batch decode(long[] at, int count) {
        return codec.decode(at, count);
    }

    /// The first column of the order, where it is a time in ascending order and not NULL.
    public long orderTime(int slot) {
        return Long.reverseBytes(Memory.getLong(order(slot) + 1)) ^ Long.MIN_VALUE;
    }

    /// Where a row lies in the order of time, by its first column, ascending: rows without a time before or behind all others.
    long placeInTime(int slot, boolean nullsAreFirst) {
        boolean isNull = (Memory.getByte(order(slot)) == 0) == nullsAreFirst;
        return isNull ? (nullsAreFirst ? FIRST : Long.MAX_VALUE) : orderTime(slot);
    }

    /// Forgets a row so often, as if it had come less often.
    public void lessen(int slot, long times) {
        long left = now(slot) - times;
        if (left == 0) {
            drop(slot);
            return;
        }
        rows.touch(slot);
        Memory.putLong(rows.value(slot), left);
    }

    /// Forgets a row for good, as if it had never come.
    public void drop(int slot) {
        if (tree.contains(slot)) {
            tree.remove(slot);
            rows.remove(slot);
        }
    }

    /// The trigger is over: rows that have all been taken back are gone, and partitions that the watermark has passed.
    public void settle(Watermark watermark) {
        for (int i = 0; i < rows.changedCount(); i++) {
            int slot = rows.changed(i);
            if (!rows.isRemoved(slot) && now(slot) == 0) {
                drop(slot);
            }
        }
        if (holdsEventTime && watermark.micros() != Long.MIN_VALUE) {
            rows.forEachThrough(watermark.micros(), tree::remove);
            rows.removeThrough(watermark.micros());
        }
        touched.clear();
    }

    @Override
    public void close() {
        partitions.close();
        order.close();
        codec.close();
        touched.close();
        scratch.close();
    }
}
