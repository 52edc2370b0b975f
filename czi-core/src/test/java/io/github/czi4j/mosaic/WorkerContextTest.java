package io.github.czi4j.mosaic;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
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
