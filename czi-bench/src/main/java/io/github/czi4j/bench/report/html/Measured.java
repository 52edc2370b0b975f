package io.github.czi4j.bench.report.html;

import io.github.czi4j.bench.report.Members;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Figures that more than one section of the page uses. */
final class Measured {
    private Measured() {}

    /** Configurations that have a median, the fastest first. */
    static List<Members> configurations(Members all) {
        return all.at("configurations").list().stream()
                .filter(one -> one.number("seconds", "median") > 0)
                .sorted(Comparator.comparingDouble(one -> one.number("seconds", "median")))
                .toList();
    }

    static Members fastest(Members all) {
        List<Members> ranked = configurations(all);
        return ranked.isEmpty() ? Members.of(null) : ranked.get(0);
    }

    /** A name for the table, also for results that do not give one. */
    static String name(Members configuration) {
        String name = configuration.text("name");
        if (!name.isEmpty()) {
            return name;
        }
        double threads = configuration.number("threads");
        double batch = configuration.number("batchSize");
        String strategy = configuration.text("strategy");
        return (strategy.isEmpty() ? "?" : strategy)
                + (threads > 1 ? ", " + (int) threads + " threads" : "")
                + (batch > 0 ? " × " + (int) batch : "");
    }

    static String baseline(Members all) {
        String name = all.text("baseline");
        return name.isEmpty() ? "the baseline" : name;
    }

    /** Speed-up: the median of an interval, or the bare number of older results. */
    static double speedup(Members configuration) {
        double interval = configuration.number("speedup", "median");
        return Double.isNaN(interval) ? configuration.number("speedup") : interval;
    }

    /** Names of those that no interval tells from the fastest. */
    static Set<String> equals(Members all) {
        Set<String> names = new HashSet<>();
        all.at("notDistinguishableFromFastest").list().forEach(name -> names.add(name.text()));
        return names;
    }

    /** Time by the clock of what was measured: of the fastest configuration, or of a pass of the profile. */
    static double clockSeconds(Members all) {
        double wall = all.number("wallSeconds");
        if (Double.isNaN(wall)) {
            return fastest(all).number("seconds", "median");
        }
        double threads = all.number("method", "threads");
        return threads >= 1 ? wall / threads : wall;
    }

    static double megapixelsPerSecond(Members all) {
        return all.number("request", "decodedPixels") / 1e6 / clockSeconds(all);
    }
}
