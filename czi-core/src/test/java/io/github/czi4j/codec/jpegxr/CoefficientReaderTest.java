package io.github.czi4j.codec.jpegxr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The look-up tables of {@link CoefficientReader} against the rules of sheet §5.5 and §5.10, symbol by symbol. */
class CoefficientReaderTest {
    private static final byte[] ORDER = {0, 1, 4, 5, 2, 3, 6, 7, 8, 9, 12, 13, 10, 11, 14, 15};
    private static final int[][] RUN_BASE = {{1, 2, 3, 5, 7}, {1, 2, 3, 5, 7}, {1, 2, 3, 4, 5}};
    private static final int[][] RUN_EXTRA = {{0, 0, 1, 1, 3}, {0, 0, 1, 1, 2}, {0, 0, 0, 0, 1}};

    private static final int[] NON_ZERO = new int[16];

    private static EntropyContext context() throws JxrException {
        // Grey, nothing scaled, all bands, quantisers by tile.
        byte[] header = new byte[8];
        ImageHeader image = new ImageHeader(
                1, true, true, 0, false, true, false, 0, ImageHeader.BD8, 16, 16, 0, 0, 1, 1, new int[2], new int[2]);
        PlaneHeader plane = PlaneHeader.read(new BitReader(header, 0, header.length), image, false);
        return new EntropyContext(plane);
    }

    @Test
    void randomBitsGiveTheSameEitherWay() throws JxrException {
        int blocks = 0;
        int damaged = 0;
        for (long seed = 0; seed < 3000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] data = new byte[2000 + random.nextInt(400)];
            random.nextBytes(data);
            // Rich in zeros or ones, for long codes and for short ones.
            int kind = random.nextInt(3);
            for (int i = 0; kind > 0 && i < data.length; i++) {
                data[i] = (byte) (kind == 1 ? data[i] & random.nextInt() : data[i] | random.nextInt());
            }
            EntropyContext fast = context();
            EntropyContext plain = context();
            BitReader fastIn = new BitReader(data, 0, data.length);
            BitReader plainIn = new BitReader(data, 0, data.length);
            for (int round = 0; round < 30 && plainIn.byteOffset() < data.length - 8; round++) {
                int[] fastCoefficients = new int[256];
                int[] plainCoefficients = new int[256];
                int c = random.nextInt(2);
                int pattern = 1 << random.nextInt(16);
                // Sometimes so large that products overflow, even to 0.
                int factor = random.nextInt(8) == 0 ? 1 << 26 + random.nextInt(6) : 1 + random.nextInt(40);
                int expected = readBlock(plainIn, plain, c, plainCoefficients, pattern, factor);
                if (expected < 0) {
                    damaged++;
                    assertThrows(JxrException.class, () -> read(fastIn, fast, c, fastCoefficients, pattern, factor));
                    break;
                }
                blocks++;
                assertEquals(expected, read(fastIn, fast, c, fastCoefficients, pattern, factor), "seed " + seed);
                if (round % 4 == 3) {
                    int bits = 1 + random.nextInt(15);
                    CoefficientReader.readFlexbits(fastIn, fastCoefficients, 0, ORDER, 16, bits, factor, NON_ZERO, 0);
                    readFlexbits(plainIn, plainCoefficients, bits, factor);
                }
                assertArrayEquals(plainCoefficients, fastCoefficients, "seed " + seed);
                if (plainIn.byteOffset() < data.length) { // behind the end there are only zeros, wherever
                    assertEquals(plainIn.position * 8L - plainIn.valid, fastIn.position * 8L - fastIn.valid);
                }
                assertArrayEquals(plain.horizontalScan.entries, fast.horizontalScan.entries, "seed " + seed);
                if (round % 3 == 2) {
                    plain.adaptHighpass();
                    fast.adaptHighpass();
                }
            }
        }
        assertTrue(blocks > 5000 && damaged > 100, blocks + " blocks, " + damaged + " damaged");
    }

    /** A first coefficient with the longest level there is, at each place within a byte: few bits are left of a refill then. */
    @Test
    void whatFollowsTheLongestLevelIsNotLost() throws JxrException {
        SplittableRandom random = new SplittableRandom(7);
        EntropyContext fast = context();
        EntropyContext plain = context();
        int longest = 0;
        for (int start = 0; start < 1 << 17; start++) {
            byte[] data = new byte[100];
            random.nextBytes(data);
            // A symbol and a level of 17 bits at most, then the escape's length, all ones.
            int skipped = start & 7;
            long bits = (long) start << 47 | (1L << 47) - 1 & -1L << 38 | random.nextLong() & (1L << 38) - 1;
            BitReader.LONG.set(data, 1, bits >>> skipped);
            data[9] = (byte) (bits << 8 - skipped);
            BitReader fastIn = new BitReader(data, 0, data.length);
            BitReader plainIn = new BitReader(data, 0, data.length);
            fastIn.bits(8 + skipped);
            plainIn.bits(8 + skipped);
            fast.reset();
            plain.reset();
            int[] fastCoefficients = new int[256];
            int[] plainCoefficients = new int[256];
            if (readBlock(plainIn, plain, 0, plainCoefficients, 1, 1) < 0) {
                continue;
            }
            read(fastIn, fast, 0, fastCoefficients, 1, 1);
            assertArrayEquals(plainCoefficients, fastCoefficients, "start " + start);
            longest += Arrays.stream(plainCoefficients).anyMatch(c -> Math.abs(c) > 1 << 29) ? 1 : 0;
        }
        assertTrue(longest > 100, longest + " levels of 29 bits");
    }

    private static int read(BitReader in, EntropyContext context, int c, int[] coefficients, int pattern, int factor)
            throws JxrException {
        Arrays.fill(NON_ZERO, 0);
        return CoefficientReader.readBlocks(
                in,
                context.highpassBlocks[c],
                context.horizontalScan.entries,
                coefficients,
                0,
                pattern,
                ORDER,
                factor,
                NON_ZERO,
                0);
    }

    /** One block; -1 if it leads behind its end. */
    private static int readBlock(
            BitReader in, EntropyContext context, int c, int[] coefficients, int pattern, int factor) {
        int at = 16 * ORDER[Integer.numberOfTrailingZeros(pattern)];
        AdaptiveVlc[] index = context.highpassIndex[c];
        AdaptiveVlc[] level = context.highpassLevel;
        int symbol = context.highpassFirst[c].read(in);
        int next = symbol >> 2;
        int continued = symbol & 1 & next;
        boolean isNegative = in.flag();
        int value = (symbol & 2) != 0 ? level[continued].readLevel(in) : 1;
        int position = 1 + ((symbol & 1) != 0 ? 0 : readRun(in, 14));
        int count = 1;
        coefficients[at + context.horizontalScan.hit(position)] = (isNegative ? -value : value) * factor;
        while (next != 0) {
            position++;
            if ((next & 1) == 0) {
                if (15 - position < 1) {
                    return -1;
                }
                position += readRun(in, 15 - position);
            }
            if (position > 15) {
                return -1;
            }
            if (position < 14) {
                symbol = index[continued].read(in);
            } else if (position == 15) {
                symbol = in.bit();
            } else {
                symbol = !in.flag() ? 0 : !in.flag() ? 2 : in.flag() ? 3 : 1;
            }
            next = symbol >> 1;
            continued &= next;
            isNegative = in.flag();
            value = (symbol & 1) != 0 ? level[continued].readLevel(in) : 1;
            coefficients[at + context.horizontalScan.hit(position)] = (isNegative ? -value : value) * factor;
            count++;
        }
        return count;
    }

    private static int readRun(BitReader in, int max) {
        if (max < 5) {
            int run = 1;
            while (run < max && !in.flag()) {
                run++;
            }
            return run;
        }
        int symbol = VlcTable.read(in, VlcTable.T5_0);
        int bin = max >= 11 ? 0 : max >= 7 ? 1 : 2;
        return RUN_BASE[bin][symbol] + in.bits(RUN_EXTRA[bin][symbol]);
    }

    private static void readFlexbits(BitReader in, int[] coefficients, int bits, int factor) {
        for (byte block : ORDER) {
            for (int n = 16 * block + 1; n < 16 * block + 16; n++) {
                int value = coefficients[n];
                int low = in.bits(bits);
                if (value > 0) {
                    coefficients[n] = value + factor * low;
                } else if (value < 0) {
                    coefficients[n] = value - factor * low;
                } else {
                    coefficients[n] = factor * (low != 0 && in.flag() ? -low : low);
                }
            }
        }
    }
}
