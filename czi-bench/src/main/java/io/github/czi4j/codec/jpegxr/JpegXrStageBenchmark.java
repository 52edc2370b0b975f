package io.github.czi4j.codec.jpegxr;

import io.github.czi4j.CziReader;
import java.io.IOException;
import java.nio.file.Path;
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
 * The stages of decoding one JPEG XR tile of grey or RGB, one thread, each by itself: entropy decoding, transforms with
 * overlap filters, output. Stands in the package of the codec, whose parts are nobody else's to call.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 3, time = 2)
public class JpegXrStageBenchmark {
    /** A CZI file whose first tile is JPEG XR, grey or RGB of 8 or 16 bits, with windows of the block level. */
    @Param("tiles.czi")
    public String file;

    private byte[] payload;
    private JxrContainer container;
    private Codestream stream;
    private Extent extent;
    private PlaneBuffer entropyBuffer;
    private PlaneBuffer whole;
    private int[][] blockDcs;
    private BlockRow macroblocks;
    private BlockRow[] above;
    private BlockRow[] current;
    private RowOutput output;
    private byte[] samples;

    /** For JMH. */
    public JpegXrStageBenchmark() {}

    /** Loads the tile and decodes its coefficients. */
    @Setup
    public void load() throws IOException {
        try (CziReader reader = CziReader.open(Path.of(file))) {
            payload = reader.subblock(0).rawData();
        }
        container = JxrContainer.read(payload, payload.length);
        stream = stream();
        ImageHeader image = stream.image();
        PlaneHeader plane = stream.primary();
        extent = Extent.whole(image);
        entropyBuffer = new PlaneBuffer(plane, extent.columns(), extent.rows(), 1, null);
        whole = new PlaneBuffer(plane, extent.columns(), extent.rows(), extent.rows(), null);
        stream.read(extent, PlaneHeader.MAX_BANDS, whole, null, row -> {});
        int blocks = 4 * extent.columns();
        blockDcs = new int[plane.components][4 * blocks];
        macroblocks = new BlockRow(extent.columns());
        above = new BlockRow[plane.components];
        current = new BlockRow[plane.components];
        for (int c = 0; c < plane.components; c++) {
            above[c] = new BlockRow(blocks);
            current[c] = new BlockRow(blocks);
        }
        JxrPixelFormat format = container.format();
        samples = new byte[(int) format.bytes(image.width(), image.height())];
        Area area = new Area(0, 0, image.width(), image.height(), 4 * blocks);
        output = new RowOutput(
                image.outputDepth(), plane, format, area, RowOutput.into(samples, format.bytes(image.width(), 1)));
    }

    private Codestream stream() throws JxrException {
        return new Codestream(payload, container.imageOffset(), container.imageEnd(), false);
    }

    /** Bits to coefficients, predicted and dequantised. */
    @Benchmark
    public int entropy() throws JxrException {
        entropyBuffer = new PlaneBuffer(stream.primary(), extent.columns(), extent.rows(), 1, entropyBuffer);
        stream().read(extent, PlaneHeader.MAX_BANDS, entropyBuffer, null, row -> {});
        return entropyBuffer.highpass[0][1];
    }

    /** Coefficients to samples: both transforms, and the windows of the block level. */
    @Benchmark
    public int transform() {
        for (int row = 0; row < extent.rows(); row++) {
            for (int c = 0; c < blockDcs.length; c++) {
                macroblocks.gatherLowpass(whole.lowpass[c], row * extent.columns() * 16);
                macroblocks.transform();
                macroblocks.scatter(blockDcs[c], 0, 1);
            }
            for (int r = 0; r < 4; r++) {
                for (int c = 0; c < blockDcs.length; c++) {
                    int blocks = current[c].blocks();
                    int start = whole.highpassStart(0, row, 16);
                    int[] highpass = whole.highpass[c];
                    current[c].gather(
                            blockDcs[c], r * blocks, highpass, start, r, whole.blockMask[c], row * extent.columns());
                    current[c].transform();
                    current[c].shiftRightHalves();
                    if (row + r > 0) {
                        BlockRow.windows(above[c], current[c], false, 0);
                    }
                }
                BlockRow[] swapped = above;
                above = current;
                current = swapped;
            }
        }
        return above[0].samples(0, 0)[1];
    }

    /** Samples to pixels: colour, depth, order. The samples are the same for each row. */
    @Benchmark
    public byte output() {
        for (int blockRow = 0; blockRow < 4 * extent.rows(); blockRow++) {
            output.write(current, blockRow, 1);
        }
        return samples[0];
    }
}
