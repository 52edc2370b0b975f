package io.github.czi4j.codec.jpegxr;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one thread read rows of macroblocks while another one transforms them. The reading thread never waits for an
 * assistant that has not begun: when the buffer is full and nobody has come, it transforms the rows itself, and a late
 * assistant goes on from there.
 */
final class RowPipeline {
    /** Rows in the buffer beside those that the transform looks back to. */
    static final int ROWS_AHEAD = 8;

    /** An assistant who had to wait is woken for so many: to wake one takes as long as a row, on both sides. */
    private static final int ROWS_TO_WAKE = 4;

    private final Codestream.RowAction transform;
    private final int ahead;
    private final int toWake;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** Rows read, and rows transformed. */
    private int read;

    private int transformed;
    private boolean isAssisted;
    private boolean isEnded;
    private boolean isWorking;
    private Throwable failure;

    /**
     * Prepares a picture.
     *
     * @param transform takes the rows one after the other
     * @param ahead how many rows may be read and not transformed
     */
    RowPipeline(Codestream.RowAction transform, int ahead) {
        this.transform = transform;
        this.ahead = ahead;
        this.toWake = Math.min(ROWS_TO_WAKE, ahead);
    }

    /** Asks for an assistant. */
    void start(Executor executor) {
        try {
            executor.execute(this::assist);
        } catch (RejectedExecutionException e) {
            // The reading thread does it all.
        }
    }

    private void assist() {
        lock.lock();
        try {
            if (isEnded) {
                return;
            }
            isAssisted = true;
            while (awaitRow()) {
                isWorking = true;
                lock.unlock();
                Throwable thrown = null;
                try {
                    transform.accept(transformed);
                } catch (Throwable t) {
                    thrown = t;
                } finally {
                    lock.lock();
                }
                isWorking = false;
                transformed++;
                failure = thrown;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits, with the lock, until there is a row to transform; false if there will be none. */
    private boolean awaitRow() {
        if (transformed == read) {
            while (read - transformed < toWake && !isEnded && failure == null) {
                changed.awaitUninterruptibly();
            }
        }
        return transformed < read && failure == null;
    }

    /** Takes the next row that was read, and returns when there is room for one more. */
    void read() {
        lock.lock();
        try {
            read++;
            if (read - transformed >= toWake) {
                changed.signalAll();
            }
            if (read - transformed < ahead) {
                return;
            }
            if (!isAssisted) {
                transformHere();
                return;
            }
            while (read - transformed >= ahead && failure == null) {
                changed.awaitUninterruptibly();
            }
            rethrow();
        } finally {
            lock.unlock();
        }
    }

    /** Without an assistant nobody else looks at what the lock guards. */
    private void transformHere() {
        while (transformed < read) {
            transform.accept(transformed);
            transformed++;
        }
    }

    /** Returns when all rows are transformed; after this nobody touches the picture but the caller. */
    void finish() {
        lock.lock();
        try {
            isEnded = true;
            changed.signalAll();
            if (!isAssisted) {
                transformHere();
                return;
            }
            while (transformed < read && failure == null) {
                changed.awaitUninterruptibly();
            }
            rethrow();
        } finally {
            lock.unlock();
        }
    }

    /** Gives the picture up, and returns when the assistant has left it. */
    void abort() {
        lock.lock();
        try {
            isEnded = true;
            read = transformed + (isWorking ? 1 : 0);
            changed.signalAll();
            while (isWorking) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void rethrow() {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }
}
