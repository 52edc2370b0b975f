package io.github.czi4j.codec.jpegxr;

import static io.github.czi4j.testing.JxrStreams.stream;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.model.Rect;
import io.github.czi4j.testing.Corpus;
import io.github.czi4j.testing.JxrStreams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The upper rows of pictures, in an array or one by one. */
@Timeout(60)
class JxrTargetTest {
    private static final JxrOptions ALL = JxrOptions.defaults();
    private static final ExecutorService THREADS = Executors.newCachedThreadPool();

    @AfterAll
    static void end() {
        THREADS.shutdownNow();
    }

    /** Wants so many rows, and takes them as it is told. */
    private static final class Upper implements JxrTarget {
        private final int wanted;
        private final boolean byRow;
        private final List<byte[]> rows = new ArrayList<>();
        private int asked;
        private int rowBytes;

        Upper(int wanted, boolean byRow) {
            this.wanted = wanted;
            this.byRow = byRow;
        }

        @Override
        public int rows(int width, int height, JxrPixelFormat format) {
            asked++;
            rowBytes = (int) format.bytes(width, 1);
            return Math.min(wanted, height);
        }

        @Override
        public boolean takesRows() {
            return byRow;
        }

        @Override
        public void row(int y, byte[] samples, int offset) {
            assertEquals(rows.size(), y);
            rows.add(Arrays.copyOfRange(samples, offset, offset + rowBytes));
        }

        byte[] joined() {
            byte[] all = new byte[rows.size() * rowBytes];
            for (int y = 0; y < rows.size(); y++) {
                System.arraycopy(rows.get(y), 0, all, y * rowBytes, rowBytes);
            }
            return all;
        }
    }

    private static void compare(JxrDecoder decoder, byte[] file, int rows, Executor helper, String what)
            throws JxrException {
        JxrImage whole = JxrDecoder.decode(file, ALL);
        Upper inArray = new Upper(rows, false);
        JxrImage upper = decoder.decodeNext(file, file.length, ALL, helper, inArray);
        assertEquals(Math.min(rows, whole.height()), upper.height(), what);
        assertEquals(whole.width(), upper.width());
        byte[] expected = Arrays.copyOf(whole.samples(), (int) whole.format().bytes(whole.width(), upper.height()));
        assertArrayEquals(expected, upper.samples(), what);
        assertEquals(1, inArray.asked);
        Upper byRow = new Upper(rows, true);
        JxrImage empty = decoder.decodeNext(file, file.length, ALL, helper, byRow);
        assertEquals(0, empty.samples().length);
        assertEquals(upper.height(), empty.height());
        assertArrayEquals(expected, byRow.joined(), what);
    }

    @Test
    void upperRowsAreThoseOfTheWhole() throws IOException {
        Map<String, byte[]> streams = new LinkedHashMap<>();
        for (String name : JxrStreams.lossless()) {
            streams.put(name, stream(name));
        }
        JxrDecoder alone = new JxrDecoder();
        JxrDecoder assisted = new JxrDecoder(1);
        for (Map.Entry<String, byte[]> stream : streams.entrySet()) {
            for (int rows = 1; rows < 50; rows++) {
                String what = stream.getKey() + ", " + rows + " rows";
                compare(alone, stream.getValue(), rows, null, what);
                compare(assisted, stream.getValue(), rows, THREADS, what + ", assisted");
            }
        }
    }

    /** Rows come from all kinds of pictures in an array, and one by one where they are told to. */
    @Test
    void upperRowsOfTheCorpusAreThoseOfTheWhole() throws IOException {
        Path folder = Corpus.require("jxr/index.jsonl").getParent();
        JxrDecoder decoder = new JxrDecoder();
        int cut = 0;
        int delivered = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path path : files.filter(one -> one.toString().endsWith(".jxr"))
                    .sorted()
                    .toList()) {
                byte[] file = Files.readAllBytes(path);
                JxrImage whole;
                try {
                    whole = JxrDecoder.decode(file, ALL);
                } catch (JxrException e) {
                    continue;
                }
                // Chroma of two rows belongs together.
                int rows = Math.max(2, whole.height() * 2 / 3 & ~1);
                Upper target = new Upper(rows, true);
                JxrImage upper = decoder.decodeNext(file, file.length, ALL, null, target);
                byte[] samples = target.rows.isEmpty() ? upper.samples() : target.joined();
                assertArrayEquals(Arrays.copyOf(whole.samples(), samples.length), samples, path.toString());
                assertTrue(samples.length >= whole.format().bytes(whole.width(), upper.height()), path.toString());
                cut += upper.height() < whole.height() ? 1 : 0;
                delivered += target.rows.isEmpty() ? 0 : 1;
            }
        }
        assertTrue(cut > 300, cut + " were cut");
        assertTrue(delivered > 50, delivered + " came row by row");
    }

    @Test
    void nothingBelowIsRead() throws IOException {
        byte[] file = stream("gray8-overlap2-spatial");
        byte[] cut = Arrays.copyOf(file, file.length * 4 / 5);
        JxrOptions padded = ALL.truncation(JxrOptions.Truncation.PAD);
        JxrDecoder decoder = new JxrDecoder();
        assertTrue(decoder.decodeNext(cut, cut.length, padded).isTruncated());
        JxrImage upper = decoder.decodeNext(cut, cut.length, padded, null, new Upper(1, false));
        assertFalse(upper.isTruncated());
        byte[] whole = JxrDecoder.decode(file, ALL).samples();
        assertArrayEquals(Arrays.copyOf(whole, upper.width()), upper.samples());
    }

    /** Who names a region or a resolution gets that. */
    @Test
    void optionsComeFirst() throws IOException {
        byte[] file = stream("gray8-overlap1");
        Upper target = new Upper(3, false);
        JxrDecoder decoder = new JxrDecoder();
        JxrOptions region = ALL.region(new Rect(5, 6, 7, 8));
        assertEquals(
                8, decoder.decodeNext(file, file.length, region, null, target).height());
        JxrOptions small = ALL.resolution(JxrOptions.Resolution.QUARTER);
        assertArrayEquals(
                JxrDecoder.decode(file, small).samples(),
                decoder.decodeNext(file, file.length, small, null, target).samples());
        assertEquals(0, target.asked);
    }
}
