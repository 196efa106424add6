package dev.thalweg.execution.trigger;

import java.util.ArrayList;
import java.util.List;

/// The ways by which a task's rows leave a fragment, in the order of [Fragment#ways].
///
/// **Thread** as of [Exit].
final class Exits implements AutoCloseable {
    private final List<Exit> ways = new ArrayList<>();

    void add(Exit way) {
        ways.add(way);
    }

    /// Rows that come from now on pile up there.
    void fill(Piles piles) {
        for (int i = 0; i < ways.size(); i++) {
            ways.get(i).fill(piles.of(i));
        }
    }

    Piles freshPiles() {
        return new Piles(ways.stream().map(Exit::freshPile).toList());
    }

    Piles current() {
        return new Piles(ways.stream().map(Exit::current).toList());
    }

    @Override
    public void close() {
        ways.forEach(Exit::close);
    }

    /// Rows on their way out, a pile a way.
    record Piles(List<Exit.Pile> all) implements AutoCloseable {
        Exit.Pile of(int way) {
            return all.get(way);
        }

        long bytes() {
            long bytes = 0;
            for (Exit.Pile pile : all) {
                bytes += pile.bytes();
            }
            return bytes;
        }

        @Override
        public void close() {
            all.forEach(Exit.Pile::close);
        }
    }
}
