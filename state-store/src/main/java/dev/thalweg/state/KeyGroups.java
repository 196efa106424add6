package dev.thalweg.state;

/// A range of key groups: the slice of the key space that one task owns, both ends included.
///
/// The number of groups is fixed at a checkpoint's birth, so that a query may restart with another parallelism: a task
/// takes over whole groups.
public record KeyGroups(int first, int last) {
    public static final int COUNT = 128;
    public static final KeyGroups ALL = new KeyGroups(0, COUNT - 1);

    public KeyGroups {
        if (first < 0 || last < first || last >= COUNT) {
            throw new IllegalArgumentException("Not a range of the " + COUNT + " key groups: " + first + " to " + last);
        }
    }

    /// The group of a key, by the hash of its encoded form.
    public static int group(long hash) {
        return (int) hash & COUNT - 1;
    }

    /// What task number `task` of `tasks` owns.
    public static KeyGroups ofTask(int task, int tasks) {
        return new KeyGroups(task * COUNT / tasks, (task + 1) * COUNT / tasks - 1);
    }

    /// The task that owns a group, among `tasks` of them.
    public static int taskOf(int group, int tasks) {
        return ((group + 1) * tasks - 1) / COUNT;
    }

    public boolean contains(int group) {
        return group >= first && group <= last;
    }

    public boolean overlaps(KeyGroups other) {
        return first <= other.last && other.first <= last;
    }

    /// As directories of snapshots are named: `000-063`.
    @Override
    public String toString() {
        return "%03d-%03d".formatted(first, last);
    }

    public static KeyGroups parse(String name) {
        return new KeyGroups(Integer.parseInt(name.substring(0, 3)), Integer.parseInt(name.substring(4)));
    }
}
