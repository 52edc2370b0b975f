package io.github.czi4j.codec.jpegxr;

import static io.github.czi4j.testing.JxrStreams.stream;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.testing.Corpus;
import io.github.czi4j.testing.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two threads on one picture, whenever the second one comes: the same pixels, the same complaints. */
@Timeout(60)
class JxrAssistedTest {
    private static final int MUTATIONS = 4000;
    private static final ExecutorService THREADS = Executors.newCachedThreadPool();
    private static final List<Runnable> LATE = new ArrayList<>();

    private static final Map<String, Executor> ASSISTANTS = new LinkedHashMap<>();

    static {
        ASSISTANTS.put("at once", THREADS);
        ASSISTANTS.put(
                "soon",
                task -> THREADS.execute(() -> {
                    for (int i = 0; i < 50; i++) {
                        Thread.yield();
                    }
                    task.run();
                }));
        ASSISTANTS.put("too late", LATE::add);
        ASSISTANTS.put("never", task -> {
            throw new RejectedExecutionException();
        });
    }

    @AfterAll
    static void end() {
        THREADS.shutdownNow();
    }

    private static Map<String, byte[]> streams() throws IOException {
        Map<String, byte[]> streams = new LinkedHashMap<>();
        for (String name : List.of(
                "gray8-overlap0", "gray8-overlap2-spatial", "gray8-tiles", "gray16-overlap1", "rgb24-overlap2")) {
            streams.put(name, stream(name));
        }
        return streams;
    }

    /** What came of it, in one word or sentence. */
    private static String outcome(JxrDecoder decoder, byte[] file, Executor assistant) {
        try {
            JxrOptions options = JxrOptions.defaults().maxBytes(16 << 20);
            return Digests.md5(decoder.decodeNext(file, file.length, options, assistant, new JxrTarget() {})
                    .samples());
        } catch (JxrException e) {
            return e.getMessage();
        }
    }

    private static void runLate() {
        LATE.forEach(Runnable::run);
        LATE.clear();
    }

    @Test
    void givesTheSamePixels() throws IOException {
        for (Map.Entry<String, Executor> assistant : ASSISTANTS.entrySet()) {
            JxrDecoder assisted = new JxrDecoder(1);
            JxrDecoder alone = new JxrDecoder();
            for (Map.Entry<String, byte[]> stream : streams().entrySet()) {
                for (int i = 0; i < 20; i++) {
                    String expected = outcome(alone, stream.getValue(), null);
                    assertEquals(32, expected.length(), expected);
                    assertEquals(
                            expected,
                            outcome(assisted, stream.getValue(), assistant.getValue()),
                            stream.getKey() + ", assistant " + assistant.getKey());
                }
            }
            runLate();
        }
    }

    @Test
    void givesTheSamePixelsOfTheCorpus() throws IOException {
        Path folder = Corpus.require("jxr/index.jsonl").getParent();
        AtomicInteger tasks = new AtomicInteger();
        Executor counted = task -> {
            tasks.incrementAndGet();
            THREADS.execute(task);
        };
        JxrDecoder assisted = new JxrDecoder(16);
        JxrDecoder alone = new JxrDecoder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path path : files.filter(file -> file.toString().endsWith(".jxr"))
                    .sorted()
                    .toList()) {
                byte[] file = Files.readAllBytes(path);
                assertEquals(outcome(alone, file, null), outcome(assisted, file, counted), path.toString());
            }
        }
        assertTrue(tasks.get() > 50, tasks + " pictures were large enough");
    }

    @Test
    void samplesMayComeInAnArrayThatIsDirtyAndTooLong() throws IOException {
        JxrDecoder decoder = new JxrDecoder(1);
        for (Map.Entry<String, byte[]> stream : streams().entrySet()) {
            byte[] file = stream.getValue();
            JxrOptions options = JxrOptions.defaults();
            byte[] expected = JxrDecoder.decode(file, options).samples();
            byte[] dirty = new byte[expected.length + 77];
            Arrays.fill(dirty, (byte) 0x5A);
            JxrTarget target = new JxrTarget() {
                @Override
                public byte[] array(int length) {
                    assertEquals(expected.length, length);
                    return dirty;
                }
            };
            JxrImage image = decoder.decodeNext(file, file.length, options, THREADS, target);
            assertSame(dirty, image.samples());
            assertArrayEquals(expected, Arrays.copyOf(dirty, expected.length), stream.getKey());
            assertEquals(0x5A, dirty[expected.length]);
        }
    }

    @Test
    void complainsOfTheSame() throws IOException {
        List<byte[]> streams = List.copyOf(streams().values());
        JxrDecoder alone = new JxrDecoder();
        JxrDecoder assisted = new JxrDecoder(1);
        int damaged = 0;
        for (int seed = 0; seed < MUTATIONS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] file = streams.get(seed % streams.size()).clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
            }
            String expected = outcome(alone, file, null);
            damaged += expected.length() == 32 ? 0 : 1;
            assertEquals(expected, outcome(assisted, file, THREADS), "seed " + seed);
        }
        assertTrue(damaged > MUTATIONS / 20, damaged + " were refused");
    }

    @Test
    void aFailingTransformFailsTheReader() {
        for (Map.Entry<String, Executor> assistant : ASSISTANTS.entrySet()) {
            IllegalStateException failure = new IllegalStateException("row 5");
            List<Integer> rows = new ArrayList<>();
            RowPipeline pipeline = new RowPipeline(
                    row -> {
                        if (row == 5) {
                            throw failure;
                        }
                        rows.add(row);
                    },
                    4);
            pipeline.start(assistant.getValue());
            assertSame(
                    failure,
                    assertThrows(IllegalStateException.class, () -> {
                        for (int i = 0; i < 12; i++) {
                            pipeline.read();
                        }
                        pipeline.finish();
                    }),
                    assistant.getKey());
            pipeline.abort();
            runLate();
            assertEquals(List.of(0, 1, 2, 3, 4), rows, assistant.getKey());
        }
    }

    @Test
    void nobodyWorksOnWhatWasGivenUp() throws InterruptedException {
        for (Map.Entry<String, Executor> assistant : ASSISTANTS.entrySet()) {
            AtomicInteger rows = new AtomicInteger();
            RowPipeline pipeline = new RowPipeline(row -> rows.incrementAndGet(), 100);
            pipeline.start(assistant.getValue());
            for (int i = 0; i < 50; i++) {
                pipeline.read();
            }
            pipeline.abort();
            int done = rows.get();
            runLate();
            Thread.sleep(5);
            assertEquals(done, rows.get(), assistant.getKey());
            assertFalse(done > 50);
        }
    }
}
