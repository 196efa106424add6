package dev.thalweg.execution.trigger;

import dev.thalweg.spi.error.Defect;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// The engine's fixed pool: as many threads as cores, shared by all queries. Work is handed over in rounds, and a round
/// ends when all of it is done.
///
/// The caller works too, so a round of one never leaves its thread. Nothing that runs here may wait for other work here.
final class WorkerPool implements AutoCloseable {
    private final ExecutorService threads;
    private final int size;

    WorkerPool(int size) {
        this.size = size;
        AtomicInteger number = new AtomicInteger();
        ThreadFactory factory = work -> {
            Thread thread = new Thread(work, "thalweg-task-" + number.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        };
        this.threads = Executors.newFixedThreadPool(size, factory);
    }

    /// One piece of a round.
    interface Work {
        void run(int index);
    }

    /// Runs `work` for every index below `count` and returns when all are done.
    ///
    /// **Errors** The first one is thrown, the others are attached to it; indexes not yet begun are left out.
    void round(int count, Work work) {
        if (count == 1) {
            work.run(0);
            return;
        }
        Round round = new Round(count, work);
        int helpers = Math.min(size, count) - 1;
        CountDownLatch done = new CountDownLatch(helpers);
        for (int i = 0; i < helpers; i++) {
            help(round, done);
        }
        round.take();
        await(done, round);
        round.rethrow();
    }

    private void help(Round round, CountDownLatch done) {
        try {
            threads.execute(() -> {
                try {
                    round.take();
                } finally {
                    done.countDown();
                }
            });
        } catch (RejectedExecutionException e) { // the engine is closed; those who began must still end
            done.countDown();
            round.fail(e);
        }
    }

    /// Waits even when interrupted: buffers may not be freed under a task that still runs.
    private static void await(CountDownLatch done, Round round) {
        boolean interrupted = false;
        while (true) {
            try {
                done.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
                round.fail(new Defect("THW-9005", "The trigger thread was interrupted.", e));
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }

    private static final class Round {
        private final int count;
        private final Work work;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicReference<Throwable> failure = new AtomicReference<>();

        Round(int count, Work work) {
            this.count = count;
            this.work = work;
        }

        void take() {
            while (failure.get() == null) {
                int index = next.getAndIncrement();
                if (index >= count) {
                    return;
                }
                try {
                    work.run(index);
                } catch (Throwable error) {
                    fail(error);
                }
            }
        }

        void fail(Throwable error) {
            Throwable first = failure.compareAndExchange(null, error);
            if (first != null && !first.equals(error)) {
                first.addSuppressed(error);
            }
        }

        void rethrow() {
            switch (failure.get()) {
                case null -> {
                }
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                case Throwable e -> throw new Defect("THW-9006", "A task threw a checked exception.", e);
            }
        }
    }
}
