package io.github.czi4j.mosaic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WorkerContextTest {
    @Test
    void nobodySharesOne() throws Exception {
        Set<WorkerContext> inUse = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
        Callable<Integer> user = () -> {
            int shared = 0;
            for (int i = 0; i < 20_000; i++) {
                WorkerContext context = WorkerContext.borrow();
                shared += inUse.add(context) ? 0 : 1;
                inUse.remove(context);
                context.giveBack();
            }
            return shared;
        };
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (Future<Integer> shared :
                    threads.invokeAll(Stream.generate(() -> user).limit(4).toList())) {
                assertTrue(shared.get() == 0, shared.get() + " times two had the same");
            }
        } finally {
            threads.shutdownNow();
        }
        assertNotSame(WorkerContext.borrow(), WorkerContext.borrow());
    }

    @Test
    void thoseOfAnEndedMosaicOutlastACollection() {
        IdleContexts idle = new IdleContexts();
        WorkerContext context = withPixels(4 << 20);
        idle.add(context);
        int identity = System.identityHashCode(context);
        context = null;
        System.gc();
        WorkerContext next = idle.poll();
        assertEquals(identity, System.identityHashCode(next));
        assertEquals(null, idle.poll());
    }

    @Test
    void onlyAFewAreHeldAgainstTheCollector() {
        IdleContexts idle = new IdleContexts();
        WorkerContext[] contexts =
                Stream.generate(() -> withPixels(7 << 20)).limit(6).toArray(WorkerContext[]::new);
        for (WorkerContext context : contexts) {
            idle.add(context);
        }
        long softBytes = idle.softBytes();
        assertTrue(softBytes <= IdleContexts.SOFT_BYTES && softBytes >= 21 << 20, softBytes + " bytes");
        // The others are there as well, as long as somebody else knows them.
        for (int i = contexts.length - 1; i >= 0; i--) {
            assertSame(contexts[i], idle.poll());
        }
        assertEquals(0, idle.softBytes());
    }

    private static WorkerContext withPixels(int bytes) {
        // All that others gave back first, as their arrays may be larger.
        WorkerContext context = WorkerContext.borrow();
        while (context.scratch.bytes() > 0) {
            context = WorkerContext.borrow();
        }
        context.scratch.pixels(bytes);
        return context;
    }

    @Test
    void largeOnesAreNotKept() {
        WorkerContext large = WorkerContext.borrow();
        large.scratch.pixels((32 << 20) + 1);
        large.giveBack();
        assertNotSame(large, WorkerContext.borrow());
    }

    @Test
    void oneThatWasGivenBackIsUsedAgain() {
        boolean isUsedAgain = false;
        // The collector may take it at any time, but hardly each time.
        for (int i = 0; i < 100 && !isUsedAgain; i++) {
            WorkerContext context = WorkerContext.borrow();
            byte[] row = context.row(1000);
            context.giveBack();
            WorkerContext next = WorkerContext.borrow();
            isUsedAgain = next == context && next.row(900) == row;
            assertFalse(WorkerContext.borrow() == next);
        }
        assertTrue(isUsedAgain);
    }
}
