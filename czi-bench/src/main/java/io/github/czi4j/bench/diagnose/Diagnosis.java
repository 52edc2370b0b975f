package io.github.czi4j.bench.diagnose;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.czi4j.bench.diagnose.Finding.Severity;
import io.github.czi4j.bench.report.Quantities;
import io.github.czi4j.bench.report.Text;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why loading is as fast as it is. Rules look for signs of one cause each; the worst finding names the bottleneck, unless
 * signs contradict each other, or all is slow and nothing says why: then it is unknown.
 *
 * @param verdict one sentence
 * @param bottleneck what limits the speed
 * @param ratings fast, moderate, slow
 * @param findings of all rules, the worst first
 * @param prices of remedies that were tried on a sample
 */
public record Diagnosis(
        String verdict, Bottleneck bottleneck, Ratings ratings, List<Finding> findings, List<Price> prices) {
    private static final List<Rule> RULES = List.of(
            new StorageRule(),
            new ColdCacheRule(),
            new SmallReadsRule(),
            new RotationalRule(),
            new DecodeRule(),
            new LockRule(),
            new IdleRule(),
            new MemoryRule(),
            new ConversionRule(),
            new CollectorRule(),
            new CpuLimitRule(),
            new BusyMachineRule(),
            new MemoryLimitRule(),
            new SwapRule(),
            new AmplificationRule(),
            new TileSizeRule(),
            new PyramidRule(),
            new ThreadsRule(),
            new ProcessesRule(),
            new SlowTilesRule(),
            new WarmUpRule(),
            new SetUpRule());

    /** Names of all rules. */
    static List<String> rules() {
        return RULES.stream().map(Rule::name).toList();
    }

    /**
     * Judges a result.
     *
     * @param result JSON of a profile or benchmark; its members are not changed
     * @return the diagnosis, without prices
     */
    public static Diagnosis of(JsonObject result) {
        return of(Evidence.of(result));
    }

    static Diagnosis of(Evidence evidence) {
        List<Finding> findings = RULES.stream()
                .flatMap(rule -> rule.judge(evidence).stream())
                .sorted(Comparator.comparing(Finding::severity)
                        .thenComparingDouble(Finding::share)
                        .reversed())
                .toList();
        Ratings ratings = Ratings.of(evidence);
        List<String> contradictions = Contradictions.of(evidence, findings);
        if (!contradictions.isEmpty()) {
            return new Diagnosis(
                    "Unknown: the signs contradict each other. " + contradictions.get(0),
                    Bottleneck.UNKNOWN,
                    ratings,
                    findings,
                    List.of());
        }
        Optional<Finding> worst = findings.stream()
                .filter(finding -> finding.severity() != Severity.INFO)
                .findFirst();
        if (worst.isPresent()) {
            return new Diagnosis(
                    worst.get().title() + ": " + worst.get().evidence().get(0),
                    worst.get().bottleneck(),
                    ratings,
                    findings,
                    List.of());
        }
        boolean isSlow = ratings.throughput() == Ratings.Rating.SLOW && ratings.tileRead() != Ratings.Rating.FAST
                || ratings.tileRead() == Ratings.Rating.SLOW;
        return isSlow
                ? new Diagnosis(
                        "Unknown: it is slow (" + figures(evidence) + "), and no rule says why.",
                        Bottleneck.UNKNOWN,
                        ratings,
                        findings,
                        List.of())
                : new Diagnosis(
                        "Nothing is wrong here: " + figures(evidence) + longest(evidence) + ".",
                        Bottleneck.NONE,
                        ratings,
                        findings,
                        List.of());
    }

    private static String figures(Evidence evidence) {
        return Stream.of(
                        evidence.megapixelsPerSecond() > 0
                                ? Quantities.number(evidence.megapixelsPerSecond()) + " Mpx/s"
                                : "",
                        evidence.tileSeconds() > 0 ? Quantities.seconds(evidence.tileSeconds()) + " a tile" : "")
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String longest(Evidence evidence) {
        return evidence.split().parts().stream()
                .filter(part -> !part.isOf(Split.IDLE))
                .max(Comparator.comparingDouble(Split.Part::seconds))
                .map(part -> "; "
                        + Quantities.percent(part.seconds() / evidence.split().active()) + " of the time is "
                        + part.name())
                .orElse("");
    }

    /**
     * The same with prices.
     *
     * @param measured what remedies would bring
     * @return a new value
     */
    public Diagnosis with(List<Price> measured) {
        return new Diagnosis(verdict, bottleneck, ratings, findings, List.copyOf(measured));
    }

    /**
     * For machines.
     *
     * @return the member {@code diagnosis} of a report
     */
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("verdict", verdict);
        json.addProperty("bottleneck", bottleneck.label());
        json.add("ratings", ratings.toJson());
        JsonArray shares = new JsonArray();
        ratings.shares().forEach(shares::add);
        json.add("shares", shares);
        JsonArray all = new JsonArray();
        findings.forEach(finding -> all.add(finding.toJson()));
        json.add("findings", all);
        JsonArray remedies = new JsonArray();
        prices.forEach(price -> remedies.add(price.toJson()));
        json.add("prices", remedies);
        return json;
    }

    /**
     * For people.
     *
     * @return lines of at most 80 characters, commands excepted
     */
    public String text() {
        StringBuilder text = new StringBuilder("Diagnosis\n─────────\n");
        text.append(Text.wrap(verdict));
        String classes = Stream.of(
                        rated("a tile", ratings.tileRead()),
                        rated("throughput", ratings.throughput()),
                        rated("speed-up", ratings.speedup()))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
        if (!classes.isEmpty()) {
            text.append(Text.wrap("Rated: " + classes
                    + (ratings.shares().isEmpty() ? "." : "; " + String.join(", ", ratings.shares()) + ".")));
        }
        for (Finding finding : findings) {
            text.append('\n')
                    .append(Text.wrap("[" + finding.severity().name().toLowerCase(Locale.ROOT) + "] " + finding.title()
                            + " (" + finding.rule() + ")"));
            text.append(Text.wrap(String.join(" ", finding.evidence())));
            text.append(Text.wrap("→ " + finding.advice()
                    + (finding.gainSeconds().isPresent()
                            ? " Might save about "
                                    + Quantities.seconds(finding.gainSeconds().getAsDouble()) + " for the whole file."
                            : "")));
            if (!finding.command().isEmpty()) {
                text.append("  ").append(finding.command()).append('\n');
            }
        }
        for (Price price : prices) {
            text.append('\n').append(Text.wrap("[price] " + price.title()));
            text.append(Text.wrap(price.text()));
            if (!price.command().isEmpty()) {
                text.append("  ").append(price.command()).append('\n');
            }
        }
        return text.append('\n').toString();
    }

    private static String rated(String what, Ratings.Rating rating) {
        return rating == null ? null : what + " " + Ratings.label(rating);
    }
}
