package dev.thalweg.execution.trigger;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/// What callers ask of a running query and wait for: one trigger, or all input that is there now.
///
/// **Thread** Any may ask; the trigger thread takes and settles.
final class Requests {
    private final Deque<Request> open = new ArrayDeque<>();
    private boolean over;

    /// @param untilIdle asks for all input there is; else for one trigger
    /// @param clockMillis when it was asked: sources that grow with time need go no further
    /// @param done completed with whether a trigger ran
    record Request(boolean untilIdle, long clockMillis, CompletableFuture<Boolean> done) {
        /// Whether it has what it asked for after a look for new input.
        ///
        /// @param ran there was some, and a trigger took it
        boolean isMetBy(boolean ran) {
            return !ran || !untilIdle;
        }
    }

    synchronized Request ask(boolean untilIdle, long clockMillis) {
        Request request = new Request(untilIdle, clockMillis, new CompletableFuture<>());
        if (over) {
            request.done().complete(false);
        } else {
            open.add(request);
        }
        return request;
    }

    synchronized List<Request> open() {
        return List.copyOf(open);
    }

    /// When the oldest request was made, if all that are open want no more than what was there.
    static OptionalLong clockMillis(List<Request> requests) {
        return requests.stream().mapToLong(Request::clockMillis).max();
    }

    /// A trigger has run, or there was nothing to do, since these were asked.
    synchronized void settle(List<Request> asked, boolean ran) {
        List<Request> settled = new ArrayList<>();
        for (Request request : asked) {
            if (request.isMetBy(ran)) {
                settled.add(request);
            }
        }
        open.removeAll(settled);
        settled.forEach(request -> request.done().complete(ran));
    }

    /// The query is over: nobody waits any more.
    synchronized void end() {
        over = true;
        open.forEach(request -> request.done().complete(false));
        open.clear();
    }
}
