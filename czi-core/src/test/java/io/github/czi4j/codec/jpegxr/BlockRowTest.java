package io.github.czi4j.codec.jpegxr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The vector code of {@link BlockRow} against its plain twin, {@link InverseTransform} and {@link OverlapFilter}, on random
 * coefficients: a plane of some rows of blocks, with every window, edge and corner.
 */
class BlockRowTest {
    private static final int COLUMNS = 3;
    private static final int ROWS = 2;
    private static final int BLOCKS = 4 * COLUMNS;
    private static final int STRIDE = 4 * BLOCKS;

    @ParameterizedTest
    @CsvSource({
        // legacy, magnitude in bits, step of the compensation (0 for none), chance of a block without coefficients
        "false, 4, 0, 0.9",
        "false, 8, 0, 0.4",
        "false, 12, 0, 0",
        "false, 31, 0, 0",
        "true, 8, 0, 0.7",
        "true, 12, 0, 0",
        "true, 15, 40, 0.2",
        "true, 18, 300, 0.2",
        "true, 12, 2147483647, 0.2"
    })
    void transformsAndWindowsAreThoseOfThePlainTwin(boolean isLegacy, int bits, int step, double empty)
            throws JxrException {
        for (long seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            PlaneBuffer buffer = buffer();
            int[] blockDcs = new int[BLOCKS * 4 * ROWS];
            for (int i = 0; i < blockDcs.length; i++) {
                blockDcs[i] = value(random, bits);
            }
            for (int macroblock = 0; macroblock < COLUMNS * ROWS; macroblock++) {
                for (int block = 0; block < 16; block++) {
                    if (random.nextDouble() >= empty) {
                        buffer.blockMask[0][macroblock] |= (short) (1 << block);
                        for (int n = 1; n < 16; n++) {
                            buffer.highpass[0][256 * macroblock + 16 * block + n] = value(random, bits);
                        }
                    }
                }
            }
            int[] expected = InverseTransform.blockLevel(buffer, 0, 0, blockDcs);
            assertArrayEquals(expected, transform(buffer, blockDcs), "transform, seed " + seed);

            OverlapFilter.Compensation compensation =
                    step == 0 ? null : (x, y) -> step == Integer.MAX_VALUE ? OverlapFilter.Compensation.ALWAYS : step;
            new OverlapFilter(expected, STRIDE, isLegacy).overlap4(0, 0, STRIDE, 16 * ROWS, compensation);
            assertArrayEquals(expected, filter(buffer, blockDcs, isLegacy, step), "windows, seed " + seed);
        }
    }

    @Test
    void macroblocksAreTransformedAsByThePlainTwin() throws JxrException {
        for (long seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            PlaneBuffer buffer = buffer();
            int bits = 4 + (int) (seed % 28);
            for (int i = 0; i < buffer.lowpass[0].length; i++) {
                buffer.lowpass[0][i] = value(random, bits);
            }
            int[] expected = InverseTransform.macroblockLevel(buffer, 0, 0);
            int[] result = new int[expected.length];
            BlockRow macroblocks = new BlockRow(COLUMNS);
            for (int row = 0; row < ROWS; row++) {
                macroblocks.gatherLowpass(buffer.lowpass[0], row * COLUMNS * 16);
                macroblocks.transform();
                macroblocks.scatter(result, row * 4 * BLOCKS, 1);
            }
            assertArrayEquals(expected, result, "seed " + seed);
        }
    }

    private static int value(SplittableRandom random, int bits) {
        return random.nextInt() >> 32 - bits;
    }

    private static PlaneBuffer buffer() throws JxrException {
        ImageHeader image = new ImageHeader(
                1, true, true, 1, false, true, false, 0, ImageHeader.BD8, 48, 32, 0, 0, 3, 2, new int[2], new int[2]);
        byte[] header = new byte[8];
        PlaneHeader plane = PlaneHeader.read(new BitReader(header, 0, header.length), image, false);
        return new PlaneBuffer(plane, COLUMNS, ROWS, ROWS, null);
    }

    private static BlockRow row(PlaneBuffer buffer, int[] blockDcs, int blockRow) {
        BlockRow row = new BlockRow(BLOCKS);
        int macroblockRow = blockRow / 4;
        row.gather(
                blockDcs,
                blockRow * BLOCKS,
                buffer.highpass[0],
                buffer.highpassStart(0, macroblockRow, 16),
                blockRow % 4,
                buffer.blockMask[0],
                macroblockRow * COLUMNS);
        row.transform();
        return row;
    }

    private static int[] transform(PlaneBuffer buffer, int[] blockDcs) {
        int[] plane = new int[STRIDE * 16 * ROWS];
        for (int r = 0; r < 4 * ROWS; r++) {
            write(row(buffer, blockDcs, r), r, 0, plane);
        }
        return plane;
    }

    private static int[] filter(PlaneBuffer buffer, int[] blockDcs, boolean isLegacy, int step) {
        BlockRow[] rows = new BlockRow[4 * ROWS];
        for (int r = 0; r < rows.length; r++) {
            rows[r] = row(buffer, blockDcs, r);
            rows[r].shiftRightHalves();
            if (r > 0) {
                BlockRow.windows(rows[r - 1], rows[r], isLegacy, step);
            }
        }
        rows[0].edge(true, isLegacy);
        rows[rows.length - 1].edge(false, isLegacy);
        int[] plane = new int[STRIDE * 16 * ROWS];
        for (int r = 0; r < rows.length; r++) {
            write(rows[r], r, 1, plane);
        }
        return plane;
    }

    /** Right halves begin at an index of their own. */
    private static void write(BlockRow row, int blockRow, int right, int[] plane) {
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < STRIDE; x++) {
                plane[(4 * blockRow + y) * STRIDE + x] = row.samples(y, x % 4)[x / 4 + (x % 4 < 2 ? 0 : right)];
            }
        }
    }
}
