package dev.thalweg;

import java.lang.ref.WeakReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Remembers the session that `getOrCreate()` gives, weakly: the only static state of the house, because Spark's programs
/// expect it.
final class SessionHolder {
    private static @Nullable WeakReference<ThalwegSession> held;

    private SessionHolder() {}

    static synchronized ThalwegSession getOrCreate(Supplier<ThalwegSession> create,
            Consumer<ThalwegSession> configure) {
        ThalwegSession known = held == null ? null : held.get();
        if (known != null) {
            configure.accept(known);
            return known;
        }
        ThalwegSession made = create.get();
        held = new WeakReference<>(made);
        return made;
    }

    static synchronized void forget(ThalwegSession session) {
        if (held != null && held.get() == session) {
            held = null;
        }
    }
}
