package io.github.czi4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Downscaling;
import io.github.czi4j.model.Overlap;
import io.github.czi4j.model.Parallelism;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.testing.Digests;
import io.github.czi4j.testing.TestCzi;
import io.github.czi4j.testing.TestCzi.Tile;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Area averages and blended overlaps, against means that are computed here pixel by pixel. */
class BlendTest {
    private static final MosaicRequest AVERAGE = MosaicRequest.wholeImage().downscaling(Downscaling.AREA_AVERAGE);
    private static final MosaicRequest FEATHER = MosaicRequest.wholeImage().overlap(Overlap.FEATHER);

    private static Tile gray8(int x, int y, int width, int height, int... values) {
        byte[] pixels = new byte[width * height];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) values[i % values.length];
        }
        return new Tile(x, y, width, height, PixelType.GRAY8, pixels);
    }

    private static byte[] bytes(int... values) {
        byte[] result = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = (byte) values[i];
        }
        return result;
    }

    private static byte[] read(TestCzi czi, MosaicRequest request) throws CziException {
        try (CziReader reader = czi.open()) {
            return reader.readMosaic(request).bytes();
        }
    }

    /** Bytes of samples of a type. */
    private static byte[] encode(PixelType type, double... samples) {
        ByteBuffer bytes =
                ByteBuffer.allocate(samples.length * type.sample().bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (double sample : samples) {
            switch (type.sample()) {
                case UINT8 -> bytes.put((byte) sample);
                case UINT16 -> bytes.putShort((short) (int) sample);
                case INT32 -> bytes.putInt((int) sample);
                case FLOAT32 -> bytes.putFloat((float) sample);
                case FLOAT64 -> bytes.putDouble(sample);
            }
        }
        return bytes.array();
    }

    private static double sample(Pixels pixels, int i) {
        double value = ((Number) Array.get(pixels.array(), i)).doubleValue();
        return switch (pixels.type().sample()) {
            case UINT8 -> (int) value & 0xFF;
            case UINT16 -> (int) value & 0xFFFF;
            default -> value;
        };
    }

    @Test
    void fineStripesAverageWhereNearestNeighboursAlias() throws CziException {
        TestCzi stripes = new TestCzi().add(gray8(0, 0, 8, 2, 0, 255));
        assertArrayEquals(
                bytes(0, 0, 0, 0), read(stripes, MosaicRequest.wholeImage().zoom(0.5)));
        assertArrayEquals(bytes(128, 128, 128, 128), read(stripes, AVERAGE.zoom(0.5)));
    }

    @Test
    void sharesOfPixelsCountByTheirArea() throws CziException {
        TestCzi czi = new TestCzi().add(gray8(0, 0, 5, 5, 0, 100, 200, 40, 80));
        // Five become two: each output pixel stands for two and a half columns.
        int left = Math.round((0 + 100 + 200 / 2f) / 2.5f);
        int right = Math.round((200 / 2f + 40 + 80) / 2.5f);
        assertArrayEquals(bytes(left, right, left, right), read(czi, AVERAGE.zoom(0.4)));
    }

    @Test
    void pixelsThatAMaskForbidsHaveNoWeight() throws CziException {
        String xml =
                "<METADATA><AttachmentSchema><DataFormat>CHUNKCONTAINER</DataFormat></AttachmentSchema></METADATA>";
        ByteBuffer chunk = ByteBuffer.allocate(38).order(ByteOrder.LITTLE_ENDIAN);
        chunk.put(HexFormat.of().parseHex("67eae3cbfc5b2b49a16aece378031448")).putInt(18);
        // Two rows of four, valid: #### and #...
        chunk.putInt(4).putInt(2).putInt(0).putInt(1).put((byte) 0xF0).put((byte) 0x80);
        TestCzi czi = new TestCzi()
                .add(gray8(0, 0, 4, 2, 100).m(0))
                .add(gray8(0, 0, 4, 2, 20).m(1).metadata(xml).attachment(chunk.array()));
        // Three of four pixels, and two of four.
        assertArrayEquals(
                bytes((3 * 20 + 100) / 4, (2 * 20 + 2 * 100) / 4),
                read(czi, AVERAGE.zoom(0.5).maskAware(true)));
        assertArrayEquals(bytes(20, 20), read(czi, AVERAGE.zoom(0.5)));
        assertArrayEquals(bytes(60, 60, 60, 60, 60, 100, 100, 100), read(czi, FEATHER.maskAware(true)));
    }

    @Test
    void theBackgroundDoesNotMixWithThePicture() throws CziException {
        TestCzi czi = new TestCzi().add(gray8(0, 0, 3, 4, 60)).add(gray8(9, 0, 3, 4, 90));
        MosaicRequest request = AVERAGE.zoom(0.5).background(1, 1, 1);
        byte[] line = bytes(60, 60, 255, 255, 90, 90);
        byte[] pixels = read(czi, request);
        assertArrayEquals(line, Arrays.copyOf(pixels, 6));
        assertArrayEquals(line, Arrays.copyOfRange(pixels, 6, 12));
    }

    /** Random tiles, the composition at full resolution made here, and its means by brute force. */
    @Test
    void averagesAreThoseOfTheFullResolution() throws CziException {
        for (long seed = 0; seed < 60; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int width = random.nextInt(5, 60);
            int height = random.nextInt(5, 60);
            int[][] composed = new int[height][width];
            Arrays.stream(composed).forEach(line -> Arrays.fill(line, -1));
            TestCzi czi = new TestCzi();
            for (int i = 0; i < 9; i++) {
                int x = random.nextInt(-10, width);
                int y = random.nextInt(-10, height);
                int w = random.nextInt(1, 30);
                int h = random.nextInt(1, 30);
                byte[] pixels = new byte[w * h];
                random.nextBytes(pixels);
                czi.add(new Tile(x, y, w, h, PixelType.GRAY8, pixels).m(i));
                for (int at = 0; at < pixels.length; at++) {
                    int px = x + at % w;
                    int py = y + at / w;
                    if (px >= 0 && py >= 0 && px < width && py < height) {
                        composed[py][px] = pixels[at] & 0xFF;
                    }
                }
            }
            float zoom = (float) random.nextDouble(0.2, 0.99);
            int outWidth = (int) (width * zoom);
            int outHeight = (int) (height * zoom);
            if (outWidth == 0 || outHeight == 0) {
                continue;
            }
            MosaicRequest request = MosaicRequest.region(0, 0, width, height)
                    .zoom(zoom)
                    .downscaling(Downscaling.AREA_AVERAGE)
                    .parallelism(Parallelism.threads(1 + (int) (seed % 4)));
            byte[] actual = read(czi, request);
            for (int y = 0; y < outHeight; y++) {
                for (int x = 0; x < outWidth; x++) {
                    double mean = mean(composed, x, y, outWidth, outHeight);
                    int value = actual[y * outWidth + x] & 0xFF;
                    // Halves may fall to either side by the last bit of a double.
                    assertEquals(Double.isNaN(mean) ? 0 : mean, value, 0.5 + 1e-9, "seed " + seed + " " + x + "," + y);
                }
            }
        }
    }

    private static double mean(int[][] composed, int x, int y, int outWidth, int outHeight) {
        double sum = 0;
        double area = 0;
        for (int py = 0; py < composed.length; py++) {
            double dy = share(py, y, composed.length, outHeight);
            for (int px = 0; dy > 0 && px < composed[py].length; px++) {
                double shared = dy * share(px, x, composed[py].length, outWidth);
                if (shared > 1e-12 && composed[py][px] >= 0) {
                    sum += shared * composed[py][px];
                    area += shared;
                }
            }
        }
        return sum / area;
    }

    /** Length that a pixel of full resolution and an output pixel have in common. */
    private static double share(int pixel, int output, int size, int outSize) {
        double scale = (double) size / outSize;
        return Math.max(0, Math.min(pixel + 1, (output + 1) * scale) - Math.max(pixel, output * scale));
    }

    @ParameterizedTest
    @EnumSource(value = PixelType.class, mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
    void everyPixelTypeIsAveragedSampleBySample(PixelType type) throws CziException {
        int samples = type.samplesPerPixel();
        double[] values = new double[4 * samples];
        for (int i = 0; i < values.length; i++) {
            values[i] = type.sample() == PixelType.Sample.UINT8 ? 37 * i % 251 : 1037 * i % 65521;
        }
        TestCzi czi = new TestCzi().add(new Tile(0, 0, 2, 2, type, encode(type, values)));
        try (CziReader reader = czi.open()) {
            Pixels mean = reader.readMosaic(AVERAGE.zoom(0.5)).pixels();
            assertEquals(type, mean.type());
            for (int s = 0; s < samples; s++) {
                double expected =
                        (values[s] + values[samples + s] + values[2 * samples + s] + values[3 * samples + s]) / 4;
                boolean isFloat =
                        type.sample() == PixelType.Sample.FLOAT32 || type.sample() == PixelType.Sample.FLOAT64;
                assertEquals(isFloat ? expected : Math.floor(expected + 0.5), sample(mean, s), 1e-9);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = PixelType.class, mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
    void constantImagesStayConstant(PixelType type) throws CziException {
        double[] constant = new double[type.samplesPerPixel()];
        for (int s = 0; s < constant.length; s++) {
            constant[s] = type.sample() == PixelType.Sample.INT32 ? -2_000_000_001 + s : 201 + s;
        }
        TestCzi czi = new TestCzi();
        for (int i = 0; i < 12; i++) {
            double[] values = new double[23 * 19 * constant.length];
            for (int at = 0; at < values.length; at++) {
                values[at] = constant[at % constant.length];
            }
            czi.add(new Tile(i % 4 * 17, i / 4 * 13, 23, 19, type, encode(type, values)).m(i));
        }
        try (CziReader reader = czi.open()) {
            for (MosaicRequest request : new MosaicRequest[] {
                FEATHER,
                FEATHER.zoom(0.37),
                AVERAGE.zoom(0.37),
                AVERAGE.zoom(0.9),
                AVERAGE.zoom(0.37).overlap(Overlap.FEATHER),
                AVERAGE.zoom(0.37).maskAware(true)
            }) {
                Pixels pixels = reader.readMosaic(request).pixels();
                for (int i = 0; i < Array.getLength(pixels.array()); i++) {
                    double expected = constant[i % constant.length];
                    assertEquals(expected, sample(pixels, i), type == PixelType.GRAY64_FLOAT ? 1e-12 * expected : 0);
                }
            }
        }
    }

    @Test
    void pyramidTilesAreAveragedFromTheSuitableLayer() throws CziException {
        // Stored at half size, shown at a quarter: two by two of its pixels to one.
        TestCzi czi = new TestCzi()
                .add(gray8(0, 0, 8, 8, 9))
                .add(gray8(0, 0, 4, 4, 10, 20, 30, 40).logical(8, 8).stored(4, 4));
        assertArrayEquals(bytes(15, 35, 15, 35), read(czi, AVERAGE.zoom(0.25)));
    }

    @Test
    void aFailedTileShowsWhatLiesBelow() throws CziException {
        TestCzi czi = new TestCzi()
                .add(gray8(0, 0, 8, 8, 10, 30).m(0))
                .add(gray8(0, 0, 5, 8, 99).m(1).compression(77));
        byte[] file = czi.bytes();
        try (CziReader reader = TestCzi.open(file, CziOptions.defaults())) {
            file[(int) reader.subblockInfo(1).filePosition() + 32 + 8]--;
        }
        try (CziReader reader = TestCzi.open(file, CziOptions.defaults())) {
            Mosaic mosaic = reader.readMosaic(AVERAGE.zoom(0.5));
            byte[] expected = new byte[16];
            Arrays.fill(expected, (byte) 20);
            assertArrayEquals(expected, mosaic.bytes());
            assertEquals(1, mosaic.failures().size());
        }
    }

    @Test
    void tilesFadeIntoEachOtherLinearly() throws CziException {
        TestCzi czi = new TestCzi().add(gray8(0, 0, 10, 1, 0)).add(gray8(6, 0, 10, 1, 100));
        // In the overlap the centres lie 3.5, 2.5, 1.5, 0.5 from the edge of the one and 0.5 … 3.5 from that of the
        // other.
        assertArrayEquals(bytes(0, 0, 0, 0, 0, 0, 13, 38, 63, 88, 100, 100, 100, 100, 100, 100), read(czi, FEATHER));
        assertArrayEquals(
                bytes(0, 0, 0, 0, 0, 0, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100),
                read(czi, MosaicRequest.wholeImage()));
    }

    @Test
    void rampsMeetWithoutASeam() throws CziException {
        int width = 40;
        int step = 28;
        TestCzi same = new TestCzi();
        TestCzi uneven = new TestCzi();
        for (int tile = 0; tile < 4; tile++) {
            double[] ramp = new double[width * 5];
            double[] brighter = new double[width * 5];
            for (int i = 0; i < ramp.length; i++) {
                ramp[i] = 1000 + 20 * (tile * step + i % width);
                brighter[i] = ramp[i] + tile % 2 * 600;
            }
            same.add(new Tile(tile * step, 0, width, 5, PixelType.GRAY16, encode(PixelType.GRAY16, ramp)));
            uneven.add(new Tile(tile * step, 0, width, 5, PixelType.GRAY16, encode(PixelType.GRAY16, brighter)));
        }
        try (CziReader reader = same.open()) {
            short[] pixels = reader.readMosaic(FEATHER).shorts();
            for (int x = 0; x < 3 * step + width; x++) {
                assertEquals(1000 + 20 * x, pixels[x], "column " + x);
            }
        }
        try (CziReader reader = uneven.open()) {
            short[] hard = reader.readMosaic(MosaicRequest.wholeImage()).shorts();
            short[] soft = reader.readMosaic(FEATHER).shorts();
            assertEquals(620, hard[step] - hard[step - 1]);
            for (int x = 1; x < 3 * step + width; x++) {
                // 600 more across an overlap of 12 pixels is 50 a pixel.
                assertTrue(Math.abs(soft[x] - soft[x - 1] - 20) <= 51, "step " + (soft[x] - soft[x - 1]) + " at " + x);
            }
        }
    }

    @Test
    void meansAreTheSameWhoeverWorks() throws CziException {
        SplittableRandom random = new SplittableRandom(4711);
        TestCzi czi = new TestCzi();
        for (int i = 0; i < 60; i++) {
            double[] values = random.doubles(31 * 27, -1e6, 1e6).toArray();
            byte[] pixels = encode(PixelType.GRAY32_FLOAT, values);
            czi.add(new Tile(random.nextInt(150), random.nextInt(150), 31, 27, PixelType.GRAY32_FLOAT, pixels).m(i));
        }
        try (CziReader reader = czi.open()) {
            for (MosaicRequest request : new MosaicRequest[] {
                AVERAGE.zoom(0.43), AVERAGE.zoom(0.43).maskAware(true), FEATHER, FEATHER.zoom(0.7)
            }) {
                String expected = Digests.md5(reader.readMosaic(request.parallelism(Parallelism.sequential()))
                        .pixels());
                for (int workers = 2; workers < 9; workers++) {
                    Parallelism strategy = Parallelism.threads(workers).batch(1 + workers * 3);
                    assertEquals(
                            expected,
                            Digests.md5(reader.readMosaic(request.parallelism(strategy))
                                    .pixels()));
                }
            }
        }
    }

    @Test
    void tilesOfAnotherTypeAreConvertedBefore() throws CziException {
        TestCzi czi = new TestCzi()
                .add(new Tile(0, 0, 2, 1, PixelType.GRAY16, encode(PixelType.GRAY16, 256, 512)))
                .add(new Tile(2, 0, 2, 1, PixelType.BGR24, bytes(10, 20, 30, 40, 50, 60)))
                .add(new Tile(0, 1, 4, 1, PixelType.GRAY8, bytes(1, 2, 20, 50)));
        try (CziReader reader = czi.open()) {
            MosaicRequest request = AVERAGE.zoom(0.5);
            assertArrayEquals(
                    bytes(Math.round((1 + 2 + 1 + 2) / 4f), 35),
                    reader.readMosaic(request.pixelType(PixelType.GRAY8)).bytes());
            assertEquals(
                    3,
                    reader.readMosaic(request.pixelType(PixelType.GRAY64_FLOAT))
                            .failures()
                            .size());
        }
    }

    @Test
    void thePlanCountsTheMemoryOfTheSums() throws CziException {
        try (CziReader reader = new TestCzi().add(gray8(0, 0, 64, 64, 1)).open()) {
            long plain = reader.plan(MosaicRequest.wholeImage().zoom(0.5)).predictedPeakBytes();
            long averaged = reader.plan(AVERAGE.zoom(0.5)).predictedPeakBytes();
            assertEquals(plain + 32 * 32 * 16, averaged);
            assertEquals(1.0, reader.plan(AVERAGE.zoom(0.5)).pixelAmplification() / 4);
        }
    }
}
