package dev.thalweg.cli.shell;

import org.jspecify.annotations.Nullable;

/// Runs one statement at a time on a thread of its own, so that Ctrl-C can end it and the shell goes on.
final class StatementThread {
    private volatile @Nullable Thread running;

    /// Returns when the statement has ended.
    void run(Runnable statement) {
        Thread thread = new Thread(statement, "statement");
        running = thread;
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        } finally {
            running = null;
        }
    }

    /// Asks the statement that runs, if one does, to end.
    void interrupt() {
        Thread thread = running;
        if (thread != null) {
            thread.interrupt();
        }
    }
}
