package io.github.czi4j.codec.zstd;

import java.util.ArrayList;
import java.util.List;

/**
 * RFC 8878's tables by the letter, with lists and strings of bits: slow, readable, and independent of the decoder's own.
 */
final class PlainZstd {
    private PlainZstd() {}

    /** A state of an FSE table. */
    record State(int symbol, int bits, int base) {}

    /** 4.1.1: from probabilities to states. */
    static List<State> fseTable(int log, int[] probabilities) {
        int size = 1 << log;
        Integer[] symbols = new Integer[size];
        int end = size;
        for (int symbol = 0; symbol < probabilities.length; symbol++) {
            if (probabilities[symbol] == -1) {
                symbols[--end] = symbol;
            }
        }
        int position = 0;
        for (int symbol = 0; symbol < probabilities.length; symbol++) {
            for (int i = 0; i < probabilities[symbol]; i++) {
                symbols[position] = symbol;
                do {
                    position = (position + size / 2 + size / 8 + 3) % size;
                } while (position >= end);
            }
        }
        List<State> states = new ArrayList<>();
        for (int state = 0; state < size; state++) {
            int symbol = symbols[state];
            int before = 0;
            for (int i = 0; i < state; i++) {
                before += symbols[i] == symbol ? 1 : 0;
            }
            // The states of a symbol share the whole range: those that come first get the wider parts where it is
            // uneven.
            int number = Math.abs(probabilities[symbol]) + before;
            int bits = 0;
            while (number << bits + 1 < 2 * size) {
                bits++;
            }
            states.add(new State(symbol, bits, (number << bits) - size));
        }
        return states;
    }

    /** 4.2.1: from weights, the last one included, to codes as strings of 0 and 1; null for symbols that have none. */
    static String[] huffmanCodes(int[] weights) {
        int total = 0;
        for (int weight : weights) {
            total += weight == 0 ? 0 : 1 << weight - 1;
        }
        int longest = Integer.numberOfTrailingZeros(total);
        String[] codes = new String[weights.length];
        int next = 0;
        for (int weight = 1; weight <= longest; weight++) {
            for (int symbol = 0; symbol < weights.length; symbol++) {
                if (weights[symbol] == weight) {
                    int length = longest + 1 - weight;
                    StringBuilder code = new StringBuilder();
                    for (int bit = longest - 1; bit >= longest - length; bit--) {
                        code.append(next >> bit & 1);
                    }
                    codes[symbol] = code.toString();
                    next += 1 << weight - 1;
                }
            }
        }
        return codes;
    }
}
