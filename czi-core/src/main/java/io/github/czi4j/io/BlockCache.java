package io.github.czi4j.io;

import io.github.czi4j.model.CziException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Aligned blocks of a remote file, the latest used of them, for small reads: what a header needs lies beside what was read
 * just before. Threads that want the same block share its fetching. Thread-safe.
 */
final class BlockCache {
    private final HttpRanges ranges;
    private final int blockBytes;
    private final int maxBlocks;
    /** A block that completes with null was given up by the thread that fetched it. */
    private final Map<Long, CompletableFuture<byte[]>> blocks = new LinkedHashMap<>(16, 0.75f, true);

    BlockCache(HttpRanges ranges, int blockBytes, long maxBytes) {
        this.ranges = ranges;
        this.blockBytes = blockBytes;
        this.maxBlocks = (int) Math.max(2, maxBytes / blockBytes);
    }

    /** Keeps the beginning of the file. */
    synchronized void putFirst(byte[] bytes) {
        blocks.put(0L, CompletableFuture.completedFuture(bytes));
    }

    /**
     * Reads by blocks.
     *
     * @return whether no request was needed
     */
    boolean read(long position, byte[] target, int offset, int length) throws CziException {
        boolean isHit = true;
        int done = 0;
        while (done < length) {
            long at = position + done;
            long number = at / blockBytes;
            CompletableFuture<byte[]> own = new CompletableFuture<>();
            CompletableFuture<byte[]> there = claim(number, own);
            byte[] block;
            if (there == null) {
                isHit = false;
                block = fetch(number, own);
            } else {
                block = await(there, at);
            }
            if (block != null) {
                int inBlock = (int) (at % blockBytes);
                int count = Math.min(length - done, block.length - inBlock);
                System.arraycopy(block, inBlock, target, offset + done, count);
                done += count;
            }
        }
        return isHit;
    }

    private synchronized CompletableFuture<byte[]> claim(long number, CompletableFuture<byte[]> own) {
        CompletableFuture<byte[]> there = blocks.get(number);
        if (there == null) {
            blocks.put(number, own);
            Iterator<CompletableFuture<byte[]>> oldest = blocks.values().iterator();
            while (blocks.size() > maxBlocks && oldest.hasNext()) {
                if (oldest.next().isDone()) {
                    oldest.remove();
                }
            }
        }
        return there;
    }

    private byte[] fetch(long number, CompletableFuture<byte[]> own) throws CziException {
        boolean isInterrupted = false;
        try {
            long start = number * blockBytes;
            byte[] block = new byte[(int) Math.min(blockBytes, ranges.size() - start)];
            ranges.fetch(start, block, 0, block.length);
            own.complete(block);
            return block;
        } catch (CziException e) {
            isInterrupted = Thread.currentThread().isInterrupted();
            if (!isInterrupted) {
                own.completeExceptionally(e);
            }
            throw e;
        } finally {
            if (!own.isDone() || own.isCompletedExceptionally()) {
                synchronized (this) {
                    blocks.remove(number, own);
                }
                // Whoever waits is not the one that was interrupted, or out of memory.
                own.complete(null);
            }
        }
    }

    private byte[] await(CompletableFuture<byte[]> block, long position) throws CziException {
        try {
            return block.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CziException.io(ranges.name(), position, "interrupted while reading", e);
        } catch (ExecutionException e) {
            throw CziException.io(ranges.name(), position, reason(e.getCause()), e.getCause());
        }
    }

    /** What an exception about the same file says, without the name and place that the new one will tell. */
    private static String reason(Throwable cause) {
        return "the block could not be read: " + cause.getMessage();
    }

    /**
     * Copies what blocks that are there hold from a position on.
     *
     * @return how many bytes, from 0
     */
    int peek(long position, byte[] target, int offset, int length) {
        int done = 0;
        while (done < length) {
            long at = position + done;
            byte[] block;
            synchronized (this) {
                CompletableFuture<byte[]> there = blocks.get(at / blockBytes);
                block = there == null || !there.isDone() || there.isCompletedExceptionally() ? null : there.join();
            }
            if (block == null) {
                return done;
            }
            int inBlock = (int) (at % blockBytes);
            int count = Math.min(length - done, block.length - inBlock);
            System.arraycopy(block, inBlock, target, offset + done, count);
            done += count;
        }
        return done;
    }

    /** Whether a range lies in blocks that are there; of a long range that is not looked for. */
    synchronized boolean holds(long position, long length) {
        if (position < 0 || length <= 0 || length > 2L * blockBytes) {
            return false;
        }
        for (long number = position / blockBytes; number * blockBytes < position + length; number++) {
            CompletableFuture<byte[]> there = blocks.get(number);
            if (there == null || !there.isDone() || there.isCompletedExceptionally()) {
                return false;
            }
        }
        return true;
    }

    /** Forgets all blocks. */
    synchronized void clear() {
        blocks.clear();
    }
}
