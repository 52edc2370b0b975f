package io.github.czi4j.composite;

import io.github.czi4j.model.ChannelDisplay;
import java.util.List;

/** How much the channels of a picture count (sheet §7.7). */
public final class Weights {
    private Weights() {}

    /**
     * What the values of each channel are multiplied by.
     *
     * @param displays the channels
     * @return weight over mean weight; 1 for all if the weights are equal, their sum is 0, or one is negative or no number
     */
    public static double[] factors(List<ChannelDisplay> displays) {
        double[] factors = new double[displays.size()];
        double sum = 0;
        boolean isUsable = true;
        boolean isUneven = false;
        for (int i = 0; i < factors.length; i++) {
            factors[i] = displays.get(i).weight();
            sum += factors[i];
            isUsable &= factors[i] >= 0 && factors[i] < Double.POSITIVE_INFINITY;
            isUneven |= factors[i] != factors[0];
        }
        double mean = sum / factors.length;
        for (int i = 0; i < factors.length; i++) {
            factors[i] = isUsable && isUneven && mean < Double.POSITIVE_INFINITY ? factors[i] / mean : 1;
        }
        return factors;
    }
}
