package io.github.czi4j.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.czi4j.CziCopier;
import io.github.czi4j.CziOptions;
import io.github.czi4j.CziReader;
import io.github.czi4j.bench.console.CommandErrors;
import io.github.czi4j.bench.console.Progress;
import io.github.czi4j.bench.console.Units;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Input and output of commands that write a copy, and their report. */
final class CopyArguments {
    private static final int FORMAT_VERSION = 1;
    private static final int MAX_TOLD = 20;
    private static final long PROGRESS = 1000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private FileArgument file;

    @Parameters(index = "1", paramLabel = "OUT.czi", description = "The file to write.")
    private Path target;

    @Option(names = "--force", description = "Replace an existing file.")
    private boolean force;

    @Option(names = "--threads", paramLabel = "N", description = "Number of threads (default: one a processor).")
    private Integer threads;

    @Option(names = "--json", description = "The report as one JSON object with a formatVersion.")
    private boolean json;

    /**
     * Opens the file, writes the copy and tells what came of it.
     *
     * @param choice what is copied, and how
     * @return the exit status
     */
    int copy(CziOptions options, UnaryOperator<CziCopier> choice) throws IOException {
        // Refused before any work where the end is known.
        if (!file.isRemote() && isSameFile(target, file.path())) {
            throw new IllegalArgumentException(target + ": a file cannot be copied onto itself");
        }
        if (!force && Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString(), null, "exists already; --force replaces it");
        }
        CziCopier.Report report;
        List<String> problems;
        try (CziReader reader = file.open(options)) {
            problems = reader.problems();
            CziCopier copier = choice.apply(CziCopier.of(reader));
            copier = threads == null ? copier : copier.threads(threads);
            try (Progress progress = new Progress("copying subblocks", PROGRESS)) {
                report = copier.writeTo(target, (done, total) -> progress.update(PROGRESS * done / Math.max(1, total)));
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(report, problems));
        } else {
            tell(report, problems, out);
        }
        out.flush();
        return report.losses().isEmpty() ? CommandErrors.OK : CommandErrors.FINDINGS;
    }

    private static boolean isSameFile(Path a, Path b) throws IOException {
        return Files.exists(a) && Files.exists(b) && Files.isSameFile(a, b);
    }

    private void tell(CziCopier.Report report, List<String> problems, PrintWriter out) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        problems.stream().limit(MAX_TOLD).forEach(problem -> err.println("note: " + problem));
        report.warnings().stream().limit(MAX_TOLD).forEach(warning -> err.println("note: " + warning));
        report.losses().stream()
                .limit(MAX_TOLD)
                .forEach(loss -> err.println(
                        "czi: lost: " + loss.what() + ": " + loss.reason().getMessage()));
        if (report.losses().size() > MAX_TOLD) {
            err.println("czi: and " + (report.losses().size() - MAX_TOLD) + " more losses (--json tells all)");
        }
        out.println("wrote " + target + ": " + Units.bytes(Files.size(target)) + ", " + report.subblocks()
                + " subblocks, " + report.attachments() + " attachments"
                + (report.recompressed() == 0 ? "" : ", " + report.recompressed() + " subblocks recompressed")
                + (report.pyramidTiles() == 0 ? "" : ", " + report.pyramidTiles() + " of them made for the pyramid")
                + (report.leftOut().isEmpty() ? "" : ", without " + String.join(", ", report.leftOut()))
                + (report.losses().isEmpty() ? "" : ", " + report.losses().size() + " losses"));
        out.println("pixels compared with the original, SHA-256 " + report.pixelDigest());
    }

    private JsonObject json(CziCopier.Report report, List<String> problems) {
        JsonObject object = new JsonObject();
        object.addProperty("formatVersion", FORMAT_VERSION);
        object.addProperty("file", file.fullName());
        object.addProperty("output", target.toString());
        object.addProperty("subblocks", report.subblocks());
        object.addProperty("recompressed", report.recompressed());
        object.addProperty("pyramidTiles", report.pyramidTiles());
        object.addProperty("attachments", report.attachments());
        object.add("attachmentsLeftOut", strings(report.leftOut()));
        object.addProperty("pixelDigest", report.pixelDigest());
        object.add("problems", strings(problems));
        object.add("warnings", strings(report.warnings()));
        JsonArray losses = new JsonArray();
        for (CziCopier.Loss loss : report.losses()) {
            JsonObject entry = new JsonObject();
            entry.addProperty("what", loss.what());
            entry.addProperty("reason", loss.reason().getMessage());
            losses.add(entry);
        }
        object.add("losses", losses);
        return object;
    }

    private static JsonArray strings(List<String> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        return array;
    }
}
