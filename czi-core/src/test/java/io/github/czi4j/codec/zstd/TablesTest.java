package io.github.czi4j.codec.zstd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The decoder's tables against {@link PlainZstd}'s. */
class TablesTest {
    private static final int BEFORE = 16;

    @ParameterizedTest
    @ValueSource(ints = {5, 6, 7, 8, 9})
    void spreadsSymbolsLikeThePlainTable(int log) {
        Random random = new Random(log);
        for (int run = 0; run < 50; run++) {
            int[] probabilities = probabilities(log, 1 + random.nextInt(30), random);
            byte[] counts = new byte[probabilities.length];
            boolean fits = true;
            for (int i = 0; i < counts.length; i++) {
                counts[i] = (byte) probabilities[i];
                fits &= probabilities[i] <= Byte.MAX_VALUE;
            }
            if (!fits) {
                continue;
            }
            FseDistribution distribution = new FseDistribution();
            distribution.set(log, counts);
            List<PlainZstd.State> plain = PlainZstd.fseTable(log, probabilities);
            for (int state = 0; state < 1 << log; state++) {
                int symbol = distribution.symbol(state);
                int next = distribution.next(symbol);
                int bits = log - (31 - Integer.numberOfLeadingZeros(next));
                PlainZstd.State expected = plain.get(state);
                assertEquals(expected, new PlainZstd.State(symbol, bits, (next << bits) - (1 << log)));
            }
        }
    }

    private static int[] probabilities(int log, int symbols, Random random) {
        int[] probabilities = new int[symbols];
        int left = 1 << log;
        for (int i = 0; i < symbols - 1 && left > 1; i++) {
            int value = random.nextInt(Math.min(left, 40)) - 1;
            probabilities[i] = value;
            left -= Math.abs(value);
        }
        probabilities[symbols - 1] = left;
        return probabilities;
    }

    /** RFC 8878, 3.1.1.3.2.2.3 and appendix A: some rows of the predefined tables. */
    @ParameterizedTest
    @CsvSource({
        "LITERALS_LENGTH, 0,  0,  0, 4, 0",
        "LITERALS_LENGTH, 1,  0,  0, 4, 16",
        "LITERALS_LENGTH, 2,  1,  0, 5, 32",
        "LITERALS_LENGTH, 63, 8192, 13, 6, 0",
        "MATCH_LENGTH,    0,  3,  0, 6, 0",
        "MATCH_LENGTH,    1,  4,  0, 4, 0",
        "MATCH_LENGTH,    63, 1027, 10, 6, 0",
        "OFFSET,          0,  1,  0, 5, 0",
        "OFFSET,          1,  64, 6, 4, 0",
        "OFFSET,          31, 16777216, 24, 5, 0",
    })
    void hasThePredefinedTables(SequenceTable.Kind kind, int state, int base, int extra, int bits, int next)
            throws ZstdException {
        long[] entries = new long[512];
        SequenceTable table = new SequenceTable(kind, entries, 0);
        table.read(0, new FseDistribution(), new byte[1], 0, 1);
        long entry = entries[state];
        assertEquals(base, (int) (entry >>> SequenceTable.BASE_SHIFT));
        assertEquals(extra, (int) entry >>> SequenceTable.EXTRA_SHIFT & 0xFF);
        assertEquals(bits + extra, (int) entry & SequenceTable.ALL_BITS_MASK);
        assertEquals(next, (int) entry >>> SequenceTable.NEXT_SHIFT);
    }

    @Test
    void buildsHuffmanCodesLikeThePlainTable() throws ZstdException {
        Random random = new Random(4);
        int built = 0;
        for (int run = 0; run < 20_000 && built < 300; run++) {
            int[] weights = new int[2 + random.nextInt(60)];
            int sum = 0;
            for (int i = 0; i < weights.length - 1; i++) {
                weights[i] = Math.max(0, random.nextInt(9) - random.nextInt(8));
                sum += weights[i] == 0 ? 0 : 1 << weights[i] - 1;
            }
            int rest = Integer.highestOneBit(Math.max(sum, 1)) * 2 - sum;
            if (sum == 0 || Integer.bitCount(rest) != 1) {
                continue;
            }
            weights[weights.length - 1] = 32 - Integer.numberOfLeadingZeros(rest);
            HuffmanTable table = new HuffmanTable();
            byte[] description = direct(weights);
            try {
                assertEquals(description.length, table.read(description, 0, description.length));
            } catch (ZstdException e) {
                assertTrue(e.getMessage().contains("full length"), e.getMessage());
                continue;
            }
            built++;
            table.needMultiple();
            check(table, PlainZstd.huffmanCodes(weights));
        }
        assertTrue(built >= 100, built + " trees");
    }

    /** 4.2.1.1: two weights a byte, the last one left out. */
    private static byte[] direct(int[] weights) {
        int count = weights.length - 1;
        byte[] description = new byte[1 + (count + 1) / 2];
        description[0] = (byte) (127 + count);
        for (int i = 0; i < count; i++) {
            description[1 + i / 2] |= (byte) (i % 2 == 0 ? weights[i] << 4 : weights[i]);
        }
        return description;
    }

    private static void check(HuffmanTable table, String[] codes) {
        for (int index = 0; index < 1 << HuffmanTable.LOG; index++) {
            String bits = Integer.toBinaryString(index | 1 << HuffmanTable.LOG).substring(1);
            int taken = 0;
            int symbols = 0;
            int count = 0;
            while (count < 3) {
                int symbol = startOf(bits.substring(taken), codes);
                if (symbol < 0) {
                    break;
                }
                if (count == 0) {
                    assertEquals(symbol << 8 | codes[symbol].length(), table.single[index]);
                }
                symbols |= symbol << 8 * count;
                taken += codes[symbol].length();
                count++;
            }
            assertEquals(symbols << 8 | count << 6 | taken, table.multiple[index]);
        }
    }

    private static int startOf(String bits, String[] codes) {
        for (int symbol = 0; symbol < codes.length; symbol++) {
            if (codes[symbol] != null && bits.startsWith(codes[symbol])) {
                return symbol;
            }
        }
        return -1;
    }

    @ParameterizedTest
    @CsvSource({
        "'', expected a Huffman tree",
        "80, expected a Huffman tree of 1 bytes",
        "80f0, at most 11",
        "8000, power of two",
        "8131, power of two",
        "05, expected a Huffman tree of 5 bytes",
        "0101, whole table",
        "020f00, at most 2^6 states",
    })
    void refusesHuffmanTrees(String hex, String words) {
        byte[] bytes = HexFormat.of().parseHex("00".repeat(BEFORE) + hex);
        ZstdException e = assertThrows(ZstdException.class, () -> new HuffmanTable().read(bytes, BEFORE, bytes.length));
        assertTrue(e.getMessage().contains(words), e.getMessage());
    }

    /** Values of the algorithm's public description, and of its reference for long inputs. */
    @ParameterizedTest
    @CsvSource({
        "'', ef46db3751d8e999",
        "a, d24ec4f1a98c6e5b",
        "abc, 44bc2cf5ad770999",
        "'Call me Ishmael. Some years ago--never mind how long precisely-', 02a2e85470d6fd96",
    })
    void hashes(String text, String hash) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertEquals(hash, String.format("%016x", XxHash64.hash(bytes, 0, bytes.length)));
    }
}
