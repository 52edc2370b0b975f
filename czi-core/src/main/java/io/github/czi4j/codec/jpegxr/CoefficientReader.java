package io.github.czi4j.codec.jpegxr;

/**
 * Reads run/level blocks and flexbits (sheet §5.5, §5.10): where the time of decoding goes. The window of the bit reader
 * and the discriminants stand in locals; each method takes a component of a macroblock at once. What one refill gives, 56
 * bits, is enough for all that is taken before the next.
 */
final class CoefficientReader {
    private CoefficientReader() {}

    /**
     * Reads the coded blocks of a component.
     *
     * @param codes of luma or of chroma
     * @param scan changes with what is read
     * @param coefficients takes level times factor, others stay
     * @param start of the component's blocks, 16 places each
     * @param pattern a bit for each coded block
     * @param blockOfBit places of the blocks, by bit
     * @param nonZero takes for each coded block, by bit, bit n where its coefficient n is not 0 now
     * @param firstBlock place of bit 0 there
     * @return how many coefficients there were
     */
    static int readBlocks(
            BitReader in,
            BlockCodes codes,
            int[] scan,
            int[] coefficients,
            int start,
            int pattern,
            byte[] blockOfBit,
            int factor,
            int[] nonZero,
            int firstBlock)
            throws JxrException {
        if (pattern == 0) {
            return 0;
        }
        byte[] data = in.data;
        int end = in.end;
        int lastLoad = end - 8;
        int position = in.position;
        long window = in.window;
        int valid = in.valid;

        int first = codes.first.number << RunLevelTables.FIRST_BITS;
        int index = RunLevelTables.index(codes.index0.number, codes.level0.number);
        int indexStep = RunLevelTables.index(codes.index1.number, codes.level0.number, codes.level1.number) - index;
        int level = codes.level0.number << RunLevelTables.LEVEL_BITS;
        int levelStep = (codes.level1.number << RunLevelTables.LEVEL_BITS) - level;
        int firstSum = 0;
        long lowSums = 0;
        long highSums = 0;
        int count = 0;

        for (int rest = pattern; rest != 0; rest &= rest - 1) {
            int block = Integer.numberOfTrailingZeros(rest);
            int at = start + (blockOfBit[block] << 4);
            int set = 0;
            long load = position <= lastLoad
                    ? (long) BitReader.LONG.get(data, position)
                    : BitReader.loadTail(data, position, end);
            window |= load >>> valid;
            position += 63 - valid >> 3;
            valid |= 56;

            long wide = RunLevelTables.FIRST[first + (int) (window >>> 64 - RunLevelTables.FIRST_BITS)];
            firstSum += (int) (wide >> 32);
            int entry = (int) wide;
            window <<= entry;
            valid -= entry & 0xFF;
            int next = entry >> RunLevelTables.FIRST_NEXT & 3;
            int noRun = entry >> RunLevelTables.NO_RUN & 1;
            // 1 as long as no zero came between the coefficients: chooses the tables.
            int continued = noRun & next;
            int value = entry >> RunLevelTables.FIRST_VALUE & 31;
            int sign = entry << 31 - RunLevelTables.FIRST_SIGN >> 31;
            long sum = 0;
            if (value == 0) {
                wide = RunLevelTables.LEVEL[
                        level + (-continued & levelStep) + (int) (window >>> 64 - RunLevelTables.LEVEL_BITS)];
                sum = (wide >> 32) << RunLevelTables.LEVEL_LANES + RunLevelTables.LANE_BITS * continued;
                value = (int) wide >> 8;
                window <<= (int) wide;
                valid -= (int) wide & 0xFF;
                if (value == 0) {
                    in.window = window;
                    in.valid = valid;
                    in.position = position;
                    value = in.escapedLevel();
                    window = in.window;
                    valid = in.valid;
                    position = in.position;
                }
            }
            value = (value ^ sign) - sign;
            int run = RunLevelTables.RUN[
                    (noRun ^ 1) << RunLevelTables.RUN_BITS | (int) (window >>> 64 - RunLevelTables.RUN_BITS)];
            window <<= run & 7;
            valid -= run & 7;
            int place = 1 + (run >> 3);
            while (true) {
                // A hit: the coefficient changes places with the one before if it is now ahead.
                int key = scan[place] + 16;
                int before = scan[place - 1];
                int swapped = (key ^ before) & (before | 15) - key >> 31;
                scan[place - 1] = before ^ swapped;
                scan[place] = key ^ swapped;
                int coefficient = value * factor;
                coefficients[at + (key & 15)] = coefficient;
                // A product may overflow to 0.
                set |= (coefficient | -coefficient) >>> 31 << (key & 15);
                count++;
                if (next == 0) {
                    break;
                }
                load = position <= lastLoad
                        ? (long) BitReader.LONG.get(data, position)
                        : BitReader.loadTail(data, position, end);
                window |= load >>> valid;
                position += 63 - valid >> 3;
                valid |= 56;

                place++;
                // Without a run row 0, which takes nothing.
                run = RunLevelTables.RUN[
                        (place & (next & 1) - 1) << RunLevelTables.RUN_BITS
                                | (int) (window >>> 64 - RunLevelTables.RUN_BITS)];
                window <<= run & 7;
                valid -= run & 7;
                place += run >> 3;
                int table = index + (-continued & indexStep);
                if (place >= 14) {
                    if (place > 15) {
                        throw JxrException.corrupt(
                                Math.min(position, end), "a coefficient at position " + place + " of a block");
                    }
                    table = place == 14 ? RunLevelTables.INDEX_AT_14 : RunLevelTables.INDEX_AT_15;
                }
                long symbol = RunLevelTables.INDEX[table + (int) (window >>> 64 - RunLevelTables.INDEX_BITS)];
                window <<= symbol;
                valid -= (int) symbol & 15;
                sum += symbol;
                next = (int) (symbol >>> RunLevelTables.NEXT) & 3;
                continued &= next;
                value = (int) (symbol >> RunLevelTables.VALUE);
                if ((value & RunLevelTables.HAS_VALUE) == 0) {
                    sign = value >> 31;
                    wide = RunLevelTables.LEVEL[
                            level + (-continued & levelStep) + (int) (window >>> 64 - RunLevelTables.LEVEL_BITS)];
                    sum += (wide >> 32) << RunLevelTables.LEVEL_LANES + RunLevelTables.LANE_BITS * continued;
                    value = (int) wide >> 8;
                    window <<= (int) wide;
                    valid -= (int) wide & 0xFF;
                    if (value == 0) {
                        in.window = window;
                        in.valid = valid;
                        in.position = position;
                        value = in.escapedLevel();
                        window = in.window;
                        valid = in.valid;
                        position = in.position;
                    }
                    value = (value ^ sign) - sign;
                }
            }
            nonZero[firstBlock + block] = set;
            lowSums += BlockCodes.lowLanes(sum);
            highSums += BlockCodes.highLanes(sum);
        }
        in.window = window;
        in.valid = valid;
        in.moveTo(position);
        codes.add(firstSum, lowSums, highSums, Integer.bitCount(pattern));
        return count;
    }

    /**
     * Reads the flexbits of blocks, without branches: coefficients that are not 0 grow, others get a sign of their own.
     *
     * @param start of the first block
     * @param blockOfBit places of the blocks in their order
     * @param blocks their number
     * @param bits 1 to 15 for each coefficient
     * @param nonZero coefficients of the blocks that are not 0, as {@link #readBlocks} gives them
     * @param firstBlock place of the first block there
     */
    static void readFlexbits(
            BitReader in,
            int[] coefficients,
            int start,
            byte[] blockOfBit,
            int blocks,
            int bits,
            int factor,
            int[] nonZero,
            int firstBlock) {
        if (bits <= FlexbitTables.MAX_BITS) {
            readNarrowFlexbits(in, coefficients, start, blockOfBit, blocks, bits, factor, nonZero, firstBlock);
            return;
        }
        if (bits <= FlexbitTables.MAX_PAIR_BITS) {
            readFlexbitPairs(in, coefficients, start, blockOfBit, blocks, bits, factor, nonZero, firstBlock);
            return;
        }
        byte[] data = in.data;
        int end = in.end;
        int lastLoad = end - 8;
        int position = in.position;
        long window = in.window;
        int valid = in.valid;
        int shift = 64 - bits;
        for (int b = 0; b < blocks; b++) {
            int at = start + (blockOfBit[b] << 4);
            for (int n = at + 1; n < at + 16; n += 3) {
                long load = position <= lastLoad
                        ? (long) BitReader.LONG.get(data, position)
                        : BitReader.loadTail(data, position, end);
                window |= load >>> valid;
                position += 63 - valid >> 3;
                valid |= 56;

                int value = coefficients[n];
                int field = (int) (window >>> shift);
                window <<= bits;
                int isSet = (value | -value) >> 31;
                int needsSign = -field >>> 31 & ~isSet;
                int sign = value >> 31 | (int) (window >> 63) & ~isSet;
                window <<= needsSign;
                int used = needsSign;
                coefficients[n] = value + ((field * factor ^ sign) - sign);

                value = coefficients[n + 1];
                field = (int) (window >>> shift);
                window <<= bits;
                isSet = (value | -value) >> 31;
                needsSign = -field >>> 31 & ~isSet;
                sign = value >> 31 | (int) (window >> 63) & ~isSet;
                window <<= needsSign;
                used += needsSign;
                coefficients[n + 1] = value + ((field * factor ^ sign) - sign);

                value = coefficients[n + 2];
                field = (int) (window >>> shift);
                window <<= bits;
                isSet = (value | -value) >> 31;
                needsSign = -field >>> 31 & ~isSet;
                sign = value >> 31 | (int) (window >> 63) & ~isSet;
                window <<= needsSign;
                used += needsSign;
                coefficients[n + 2] = value + ((field * factor ^ sign) - sign);
                valid -= used + 3 * bits;
            }
        }
        in.window = window;
        in.valid = valid;
        in.moveTo(position);
    }

    /** Up to three bits: a refill is enough for four look-ups of three coefficients, of which a block has five. */
    private static void readNarrowFlexbits(
            BitReader in,
            int[] coefficients,
            int start,
            byte[] blockOfBit,
            int blocks,
            int bits,
            int factor,
            int[] nonZero,
            int firstBlock) {
        byte[] data = in.data;
        int end = in.end;
        int lastLoad = end - 8;
        int position = in.position;
        long window = in.window;
        int valid = in.valid;
        char[] table = FlexbitTables.TABLES[bits];
        int peek = 3 * (bits + 1);
        int shift = 64 - peek;
        for (int b = 0; b < blocks; b++) {
            int n = start + (blockOfBit[b] << 4) + 1;
            int set = nonZero[firstBlock + b];
            long load = position <= lastLoad
                    ? (long) BitReader.LONG.get(data, position)
                    : BitReader.loadTail(data, position, end);
            window |= load >>> valid;
            position += 63 - valid >> 3;
            valid |= 56;
            int first = table[(set >> 1 & 7) << peek | (int) (window >>> shift)];
            window <<= first & 15;
            int second = table[(set >> 4 & 7) << peek | (int) (window >>> shift)];
            window <<= second & 15;
            int third = table[(set >> 7 & 7) << peek | (int) (window >>> shift)];
            window <<= third & 15;
            int fourth = table[(set >> 10 & 7) << peek | (int) (window >>> shift)];
            window <<= fourth & 15;
            int used = (first & 15) + (second & 15) + (third & 15) + (fourth & 15);
            refine(coefficients, n, first, factor);
            refine(coefficients, n + 3, second, factor);
            refine(coefficients, n + 6, third, factor);
            refine(coefficients, n + 9, fourth, factor);

            valid -= used;
            if (bits == FlexbitTables.MAX_BITS) {
                load = position <= lastLoad
                        ? (long) BitReader.LONG.get(data, position)
                        : BitReader.loadTail(data, position, end);
                window |= load >>> valid;
                position += 63 - valid >> 3;
                valid |= 56;
            }
            int fifth = table[(set >> 13 & 7) << peek | (int) (window >>> shift)];
            window <<= fifth & 15;
            valid -= fifth & 15;
            refine(coefficients, n + 12, fifth, factor);
        }
        in.window = window;
        in.valid = valid;
        in.moveTo(position);
    }

    /** Takes what a look-up says of three coefficients. */
    private static void refine(int[] coefficients, int n, int entry, int factor) {
        int value0 = coefficients[n];
        int value1 = coefficients[n + 1];
        int value2 = coefficients[n + 2];
        int sign0 = value0 >> 31;
        int sign1 = value1 >> 31;
        int sign2 = value2 >> 31;
        coefficients[n] = value0 + (((entry << 24 >> 28) * factor ^ sign0) - sign0);
        coefficients[n + 1] = value1 + (((entry << 20 >> 28) * factor ^ sign1) - sign1);
        coefficients[n + 2] = value2 + (((entry << 16 >> 28) * factor ^ sign2) - sign2);
    }

    private static void readFlexbitPairs(
            BitReader in,
            int[] coefficients,
            int start,
            byte[] blockOfBit,
            int blocks,
            int bits,
            int factor,
            int[] nonZero,
            int firstBlock) {
        byte[] data = in.data;
        int end = in.end;
        int lastLoad = end - 8;
        int position = in.position;
        long window = in.window;
        int valid = in.valid;
        char[] table = FlexbitTables.PAIRS[bits];
        int peek = 2 * (bits + 1);
        int shift = 64 - peek;
        for (int b = 0; b < blocks; b++) {
            int at = start + (blockOfBit[b] << 4);
            int set = nonZero[firstBlock + b];
            long load = position <= lastLoad
                    ? (long) BitReader.LONG.get(data, position)
                    : BitReader.loadTail(data, position, end);
            window |= load >>> valid;
            position += 63 - valid >> 3;
            valid |= 56;
            int first = table[(set >> 1 & 3) << peek | (int) (window >>> shift)];
            window <<= first & 15;
            int second = table[(set >> 3 & 3) << peek | (int) (window >>> shift)];
            window <<= second & 15;
            int third = table[(set >> 5 & 3) << peek | (int) (window >>> shift)];
            window <<= third & 15;
            int fourth = table[(set >> 7 & 3) << peek | (int) (window >>> shift)];
            window <<= fourth & 15;
            valid -= (first & 15) + (second & 15) + (third & 15) + (fourth & 15);
            refineTwo(coefficients, at + 1, first, factor);
            refineTwo(coefficients, at + 3, second, factor);
            refineTwo(coefficients, at + 5, third, factor);
            refineTwo(coefficients, at + 7, fourth, factor);

            load = position <= lastLoad
                    ? (long) BitReader.LONG.get(data, position)
                    : BitReader.loadTail(data, position, end);
            window |= load >>> valid;
            position += 63 - valid >> 3;
            valid |= 56;
            int fifth = table[(set >> 9 & 3) << peek | (int) (window >>> shift)];
            window <<= fifth & 15;
            int sixth = table[(set >> 11 & 3) << peek | (int) (window >>> shift)];
            window <<= sixth & 15;
            int seventh = table[(set >> 13 & 3) << peek | (int) (window >>> shift)];
            window <<= seventh & 15;
            valid -= (fifth & 15) + (sixth & 15) + (seventh & 15);
            refineTwo(coefficients, at + 9, fifth, factor);
            refineTwo(coefficients, at + 11, sixth, factor);
            refineTwo(coefficients, at + 13, seventh, factor);
            // The last alone: at least 20 bits are left of the refill.
            int value = coefficients[at + 15];
            int field = (int) (window >>> 64 - bits);
            window <<= bits;
            int isZero = ~set >> 15 & 1;
            int needsSign = -field >>> 31 & isZero;
            int sign = value >> 31 | (int) (window >> 63) & -isZero;
            window <<= needsSign;
            valid -= bits + needsSign;
            coefficients[at + 15] = value + ((field * factor ^ sign) - sign);
        }
        in.window = window;
        in.valid = valid;
        in.moveTo(position);
    }

    /** Takes what a look-up says of two coefficients. */
    private static void refineTwo(int[] coefficients, int n, int entry, int factor) {
        int value0 = coefficients[n];
        int value1 = coefficients[n + 1];
        int sign0 = value0 >> 31;
        int sign1 = value1 >> 31;
        coefficients[n] = value0 + (((entry << 22 >> 26) * factor ^ sign0) - sign0);
        coefficients[n + 1] = value1 + (((entry << 16 >> 26) * factor ^ sign1) - sign1);
    }
}
