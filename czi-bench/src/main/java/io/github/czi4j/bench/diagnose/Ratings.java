package io.github.czi4j.bench.diagnose;

import com.google.gson.JsonObject;
import io.github.czi4j.bench.report.Quantities;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Classes that do not depend on the machine, beside the share of what this one can do at most. Each may be null, where it
 * was not measured.
 *
 * @param tileRead a tile, from request to pixels: fast below 10 ms, moderate up to 100 ms, slow above
 * @param throughput decoded pixels: fast above 100 Mpx/s, moderate from 20, slow below
 * @param speedup of the best with several threads: fast from 2, moderate from 1.2, slow below
 * @param shares of the ceilings, in words
 */
public record Ratings(Rating tileRead, Rating throughput, Rating speedup, List<String> shares) {
    private static final double FAST_TILE = 0.010;
    private static final double MODERATE_TILE = 0.100;
    private static final double FAST_RATE = 100;
    private static final double MODERATE_RATE = 20;
    private static final double FAST_SPEEDUP = 2;
    private static final double MODERATE_SPEEDUP = 1.2;

    /** A class. */
    public enum Rating {
        /** Nobody waits. */
        FAST,
        /** It is felt. */
        MODERATE,
        /** It hurts. */
        SLOW
    }

    static Ratings of(Evidence evidence) {
        double tile = evidence.tileSeconds();
        double rate = evidence.megapixelsPerSecond();
        double speedup = evidence.threaded().map(Run::speedup).orElse(Double.NaN);
        List<String> shares = new ArrayList<>();
        share(shares, rate, evidence.decodeCeiling(), " of the decoders' rate");
        share(shares, evidence.bytesPerSecond(), evidence.storageCeiling(), " of the storage's");
        double written =
                evidence.number("request", "outputBytes") / evidence.split().elapsed();
        share(shares, written, evidence.copyCeiling(), " of the memory's");
        share(shares, speedup, evidence.allowedProcessors(), " of the processors' number as speed-up");
        return new Ratings(
                // The smaller the better, so that both sides change their sign.
                rating(-tile, -FAST_TILE, -MODERATE_TILE),
                rating(rate, FAST_RATE, MODERATE_RATE),
                rating(speedup, FAST_SPEEDUP, MODERATE_SPEEDUP),
                List.copyOf(shares));
    }

    private static void share(List<String> shares, double value, double ceiling, String of) {
        if (value > 0 && ceiling > 0) {
            shares.add(Quantities.percent(value / ceiling) + of);
        }
    }

    private static Rating rating(double value, double fast, double moderate) {
        if (Double.isNaN(value)) {
            return null;
        }
        return value >= fast ? Rating.FAST : value >= moderate ? Rating.MODERATE : Rating.SLOW;
    }

    static String label(Rating rating) {
        return rating == null ? null : rating.name().toLowerCase(Locale.ROOT);
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("tileRead", label(tileRead));
        json.addProperty("throughput", label(throughput));
        json.addProperty("speedup", label(speedup));
        return json;
    }
}
