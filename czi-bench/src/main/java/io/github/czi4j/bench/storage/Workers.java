package io.github.czi4j.bench.storage;

import io.github.czi4j.model.CziException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The same work on several threads at once. */
final class Workers {
    private Workers() {}

    /** Work of one thread. */
    @FunctionalInterface
    interface Work {
        void run(int worker) throws CziException;
    }

    /** Runs the work on so many new threads, and returns when all have ended; the first failure is thrown. */
    static void run(int count, Work work) throws CziException {
        List<FutureTask<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int worker = i;
            FutureTask<Void> task = new FutureTask<>(() -> {
                work.run(worker);
                return null;
            });
            tasks.add(task);
            Thread thread = new Thread(task, "czi-ceiling-" + i);
            thread.setDaemon(true);
            thread.start();
        }
        CziException failure = null;
        for (FutureTask<Void> task : tasks) {
            failure = await(task, failure);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static CziException await(FutureTask<Void> task, CziException earlier) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    task.get();
                    return earlier;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof CziException failed) {
                        return earlier == null ? failed : earlier;
                    }
                    throw new IllegalStateException(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
