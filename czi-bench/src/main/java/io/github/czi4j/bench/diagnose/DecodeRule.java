package io.github.czi4j.bench.diagnose;

import io.github.czi4j.bench.diagnose.Finding.Severity;
import io.github.czi4j.bench.report.Quantities;
import java.util.Optional;

/** Decoding takes most of the time, and the processor is at work for it. */
final class DecodeRule implements Rule {
    private static final double SHARE = 0.5;
    private static final double BUSY = 0.7;

    @Override
    public String name() {
        return "decode";
    }

    @Override
    public Optional<Finding> judge(Evidence evidence) {
        Split split = evidence.split();
        double share = split.share("decode");
        Optional<Split.Part> longest = split.longest("decode");
        if (!(share >= SHARE && split.computing("decode") >= BUSY) || longest.isEmpty()) {
            return Optional.empty();
        }
        Ratings.Rating rating = Ratings.of(evidence).throughput();
        // Time in which decoding had no processor makes it slow, but is no fault of the codec.
        double computed = split.cpuSeconds("decode") / split.active();
        boolean isSlow = rating == Ratings.Rating.SLOW && computed >= SHARE;
        Severity severity =
                rating == Ratings.Rating.FAST ? Severity.INFO : isSlow ? Severity.PROBLEM : Severity.WARNING;
        String codec = longest.get().name().replaceFirst("decode ?", "");
        Finding finding = Finding.of(
                        this,
                        severity,
                        Bottleneck.DECODE,
                        // What is decoded for nothing is amplification.
                        computed / evidence.amplification(),
                        "Decoding" + (codec.isEmpty() ? "" : " of " + codec) + " takes most of the time")
                .because(Quantities.percent(share) + " of the time is decoding, most of it " + codec
                        + ", and the processor is at work for " + Quantities.percent(split.busy("decode"))
                        + " of that.")
                .because(Quantities.number(evidence.megapixelsPerSecond()) + " Mpx/s are decoded"
                        + (evidence.decodeCeiling() > 0
                                ? "; the decoders alone reach " + Quantities.number(evidence.decodeCeiling())
                                        + " Mpx/s on all processors."
                                : "."));
        double allowed = evidence.allowedProcessors();
        if (evidence.threads() < allowed) {
            double faster = Math.min(allowed, evidence.decodeCeiling() / evidence.megapixelsPerSecond());
            return Optional.of(finding.advise(
                            "Decode on more threads: " + Quantities.number(allowed) + " processors are allowed, "
                                    + evidence.threads() + " thread" + (evidence.threads() == 1 ? " is" : "s are")
                                    + " at work.",
                            "czi tune " + evidence.file())
                    .saves(evidence.wholeSeconds() * share * (1 - 1 / faster)));
        }
        boolean isDear = codec.startsWith("jpg") || codec.equals("lzw");
        return Optional.of(finding.advise(
                isDear
                        ? "All processors are at work. A copy that decodes faster is larger, but may be worth it."
                        : "All processors are at work with a fast codec; only uncompressed tiles would be faster.",
                "czi profile " + evidence.file() + " --price"));
    }
}
