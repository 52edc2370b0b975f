package io.github.czi4j.bench.jmh;

import io.github.czi4j.codec.jpegxr.JxrDecoder;
import io.github.czi4j.codec.jpegxr.JxrImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * JPEG XR tiles, one after the other on one thread, by a decoder that is used again. Files are those of
 * {@code shared/corpus/bench} or any other with such tiles, named with {@code -p file=}; for tiles of 1024² 1049 over the
 * microseconds is megapixels a second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 5)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
public class JpegXrBenchmark {
    private static final byte[] MAGIC = {'I', 'I', (byte) 0xBC, 1};

    /** A CZI file, or one JPEG XR file. */
    @Param({
        "../shared/corpus/bench/tiles_gray8_jxrll.czi",
        "../shared/corpus/bench/tiles_gray16_jxrll.czi",
        "../shared/corpus/bench/tiles_bgr24_jxrll.czi",
        "../shared/corpus/bench/tiles_bgr24_jxr850.czi"
    })
    public String file;

    private final JxrDecoder decoder = new JxrDecoder();
    private List<byte[]> payloads;
    private int next;

    /** For JMH. */
    public JpegXrBenchmark() {}

    /** Finds the payloads by their first bytes, so that nothing but the codec is needed. */
    @Setup
    public void readPayloads() throws IOException {
        byte[] all = Files.readAllBytes(Path.of(file));
        List<Integer> starts = new ArrayList<>();
        for (int i = 0; i + 8 < all.length; i++) {
            // The first directory of a payload is near its beginning.
            if (Arrays.equals(all, i, i + 4, MAGIC, 0, 4) && all[i + 5] == 0 && all[i + 6] == 0 && all[i + 7] == 0) {
                starts.add(i);
            }
        }
        if (starts.isEmpty()) {
            throw new IOException("no JPEG XR in " + file);
        }
        payloads = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            int end = i + 1 < starts.size() ? starts.get(i + 1) : all.length;
            payloads.add(Arrays.copyOfRange(all, starts.get(i), end));
        }
    }

    /** One tile. */
    @Benchmark
    public JxrImage decode() throws IOException {
        byte[] payload = payloads.get(next);
        next = (next + 1) % payloads.size();
        return decoder.decodeNext(payload, payload.length, JxrDecoder.DEFAULT_MAX_BYTES, JxrDecoder.Truncation.REFUSE);
    }
}
