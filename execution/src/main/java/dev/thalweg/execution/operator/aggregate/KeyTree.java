package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.state.KeyedState;
import java.util.Arrays;

/// The entries of a table in the order of their keys, or in another one: a treap over slots, in primitive arrays.
///
/// It is made from the table and never written: whoever resumes builds it again. Cost: about two comparisons a level, 12
/// bytes an entry.
/// **Source** R. Seidel and C. R. Aragon, Randomized Search Trees, 1996.
public final class KeyTree {
    /// What it keeps for each slot of the table.
    public static final int SLOT_BYTES = 12;

    private static final int NONE = -1;

    private final KeyedState table;
    private final Order order;
    private int[] left = new int[0];
    private int[] right = new int[0];
    /// 0 where a slot is not in the tree.
    private int[] priority = new int[0];
    private int root = NONE;
    private int seed = 0x9E3779B9;

    public KeyTree(KeyedState table) {
        this(table, (one, other) -> compareBytes(table.keyAddress(one), table.keyLength(one), table.keyAddress(other),
                table.keyLength(other)));
    }

    /// @param order total: of two entries one comes first
    public KeyTree(KeyedState table, Order order) {
        this.table = table;
        this.order = order;
        table.forEach(this::insert);
    }

    public boolean contains(int slot) {
        return slot < priority.length && priority[slot] != 0;
    }

    public void insert(int slot) {
        if (slot >= priority.length) {
            int capacity = Math.max(slot + 1, Math.max(256, priority.length * 2));
            left = Arrays.copyOf(left, capacity);
            right = Arrays.copyOf(right, capacity);
            priority = Arrays.copyOf(priority, capacity);
        }
        left[slot] = NONE;
        right[slot] = NONE;
        priority[slot] = nextPriority();
        root = insert(root, slot);
    }

    private int nextPriority() {
        seed ^= seed << 13;
        seed ^= seed >>> 17;
        seed ^= seed << 5;
        return seed == 0 ? 1 : seed;
    }

    private int insert(int node, int slot) {
        if (node == NONE) {
            return slot;
        }
        if (compare(slot, node) < 0) {
            left[node] = insert(left[node], slot);
            return priority[left[node]] > priority[node] ? rotateRight(node) : node;
        }
        right[node] = insert(right[node], slot);
        return priority[right[node]] > priority[node] ? rotateLeft(node) : node;
    }

    private int rotateRight(int node) {
        int up = left[node];
        left[node] = right[up];
        right[up] = node;
        return up;
    }

    private int rotateLeft(int node) {
        int up = right[node];
        right[node] = left[up];
        left[up] = node;
        return up;
    }

    public void remove(int slot) {
        root = remove(root, slot);
        priority[slot] = 0;
    }

    private int remove(int node, int slot) {
        if (node == NONE) {
            return NONE;
        }
        if (node == slot) {
            return join(left[node], right[node]);
        }
        if (compare(slot, node) < 0) {
            left[node] = remove(left[node], slot);
        } else {
            right[node] = remove(right[node], slot);
        }
        return node;
    }

    private int join(int low, int high) {
        if (low == NONE) {
            return high;
        }
        if (high == NONE) {
            return low;
        }
        if (priority[low] > priority[high]) {
            right[low] = join(right[low], high);
            return low;
        }
        left[high] = join(low, left[high]);
        return high;
    }

    /// As numbers without a sign, byte by byte; what ends first comes first.
    public static int compareBytes(long one, int length, long other, int otherLength) {
        return OrderedValues.compare(one, length, other, otherLength);
    }

    /// Which of two entries comes first.
    public interface Order {
        /// Below 0: the one; above 0: the other.
        int compare(int one, int other);
    }

    /// A stretch of the order.
    public interface Stretch {
        /// Below 0: the entry lies before it; 0: in it; above 0: behind it.
        int compare(int slot);
    }

    /// The last entry that lies in a stretch or before it, or -1.
    public int lastThrough(Stretch stretch) {
        int found = NONE;
        int node = root;
        while (node != NONE) {
            boolean isBehind = stretch.compare(node) > 0;
            found = isBehind ? found : node;
            node = isBehind ? left[node] : right[node];
        }
        return found;
    }

    /// The first entry that lies in a stretch or behind it, or -1.
    public int firstFrom(Stretch stretch) {
        int found = NONE;
        int node = root;
        while (node != NONE) {
            boolean isBefore = stretch.compare(node) < 0;
            found = isBefore ? found : node;
            node = isBefore ? right[node] : left[node];
        }
        return found;
    }

    /// Calls for the entries of a stretch, in order, until the visitor has had enough.
    ///
    /// @return whether there were no more
    public boolean walk(Stretch stretch, Visitor visitor) {
        return walk(false, stretch, visitor);
    }

    /// Only what lies at the edges of the stretch is compared: what is between two of its entries is in it.
    private boolean walk(boolean backwards, Stretch stretch, Visitor visitor) {
        int node = root;
        while (node != NONE) {
            int place = stretch.compare(node);
            if (place == 0) {
                return edge(backwards ? right[node] : left[node], !backwards, backwards, stretch, visitor)
                        && visitor.visit(node)
                        && edge(backwards ? left[node] : right[node], backwards, backwards, stretch, visitor);
            }
            node = place < 0 ? right[node] : left[node];
        }
        return true;
    }

    /// @param low whether entries here may lie before the stretch, and none behind it; else the other way round
    private boolean edge(int node, boolean low, boolean backwards, Stretch stretch, Visitor visitor) {
        if (node == NONE) {
            return true;
        }
        int place = stretch.compare(node);
        int inner = low ? right[node] : left[node];
        int outer = low ? left[node] : right[node];
        if (low ? place < 0 : place > 0) {
            return edge(inner, low, backwards, stretch, visitor);
        }
        return low == backwards
                ? walkAll(inner, backwards, visitor) && visitor.visit(node)
                        && edge(outer, low, backwards, stretch, visitor)
                : edge(outer, low, backwards, stretch, visitor) && visitor.visit(node)
                        && walkAll(inner, backwards, visitor);
    }

    /// Calls for the entries whose keys begin with the prefix, in order, until the visitor has had enough.
    ///
    /// @return whether there were no more
    public boolean walk(long prefix, int length, Visitor visitor) {
        return walk(false, beginning(prefix, length), visitor);
    }

    private Stretch beginning(long prefix, int length) {
        return slot -> OrderedValues.compare(table.keyAddress(slot), Math.min(length, table.keyLength(slot)), prefix,
                length);
    }

    /// Calls for the entries behind one of them (before it, where `backwards`), the next first, until the visitor has had enough.
    public void walkFrom(int slot, boolean backwards, Visitor visitor) {
        walkFrom(root, slot, backwards, visitor);
    }

    private boolean walkFrom(int node, int from, boolean backwards, Visitor visitor) {
        if (node == NONE) {
            return true;
        }
        int order = node == from ? 0 : compare(node, from);
        int nearer = backwards ? right[node] : left[node];
        int further = backwards ? left[node] : right[node];
        if (backwards ? order >= 0 : order <= 0) {
            return walkFrom(further, from, backwards, visitor);
        }
        return walkFrom(nearer, from, backwards, visitor) && visitor.visit(node)
                && walkAll(further, backwards, visitor);
    }

    private boolean walkAll(int node, boolean backwards, Visitor visitor) {
        return node == NONE || (walkAll(backwards ? right[node] : left[node], backwards, visitor)
                && visitor.visit(node) && walkAll(backwards ? left[node] : right[node], backwards, visitor));
    }

    /// Negative, 0 or positive as an entry comes before, is, or comes behind another.
    public int compare(int one, int other) {
        return order.compare(one, other);
    }

    /// Entries in the order of their keys, by merging.
    ///
    /// @param slots of entries, of which the first `count` are used
    public int[] sorted(int[] slots, int count) {
        int[] from = Arrays.copyOf(slots, count);
        int[] to = new int[count];
        for (int width = 1; width < count; width *= 2) {
            for (int low = 0; low < count; low += 2 * width) {
                merge(from, to, low, width);
            }
            int[] merged = to;
            to = from;
            from = merged;
        }
        return from;
    }

    private void merge(int[] from, int[] to, int low, int width) {
        int middle = Math.min(low + width, from.length);
        int high = Math.min(middle + width, from.length);
        int left = low;
        int right = middle;
        for (int i = low; i < high; i++) {
            boolean takeLeft = right >= high || (left < middle && compare(from[left], from[right]) <= 0);
            to[i] = takeLeft ? from[left++] : from[right++];
        }
    }

    /// Takes entries in order; changes nothing.
    public interface Visitor {
        /// Takes an entry and says whether it wants more.
        boolean visit(int slot);
    }

    /// The first (or last) entry whose key begins with the prefix and that `accepts` takes, or -1.
    int outermost(boolean last, long prefix, int length, Acceptance accepts) {
        return outermost(root, last, prefix, length, accepts);
    }

    private int outermost(int node, boolean last, long prefix, int length, Acceptance accepts) {
        if (node == NONE) {
            return NONE;
        }
        int shown = Math.min(length, table.keyLength(node));
        int order = OrderedValues.compare(table.keyAddress(node), shown, prefix, length);
        if (order != 0) {
            return outermost(order < 0 ? right[node] : left[node], last, prefix, length, accepts);
        }
        int outer = outermost(last ? right[node] : left[node], last, prefix, length, accepts);
        if (outer != NONE) {
            return outer;
        }
        return accepts.test(node)
                ? node
                : outermost(last ? left[node] : right[node], last, prefix, length, accepts);
    }

    /// Shows the entries whose keys begin with the prefix, in order, until `goesOn` says no.
    ///
    /// @return whether all were shown
    boolean walk(boolean backwards, long prefix, int length, Acceptance goesOn) {
        return walk(backwards, beginning(prefix, length), goesOn::test);
    }

    interface Acceptance {
        boolean test(int slot);
    }
}
