package io.github.czi4j.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.czi4j.bench.console.CommandErrors;
import io.github.czi4j.bench.console.Progress;
import io.github.czi4j.bench.console.TextTable;
import io.github.czi4j.verify.Finding;
import io.github.czi4j.verify.Finding.Severity;
import io.github.czi4j.verify.Verification;
import io.github.czi4j.verify.Verifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code czi verify}. */
@Command(
        name = "verify",
        description = "Checks a file: segments, directory, metadata, attachments, and with --deep every tile.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  czi verify slide.czi                     (with all files of its set)",
            "  czi verify slide.czi --deep --json > findings.json",
            "",
            "Exit status 1: a finding is fatal, that is, something cannot be read or means two things."
        })
final class VerifyCommand implements Callable<Integer> {
    private static final int FORMAT_VERSION = 1;

    @Spec
    private CommandSpec spec;

    @Mixin
    private FileArgument file;

    @Option(names = "--deep", description = "Decode every tile.")
    private boolean deep;

    @Option(names = "--threads", paramLabel = "N", description = "Number of threads (default: one a processor).")
    private Integer threads;

    @Option(names = "--json", description = "One JSON object with a formatVersion.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Verifier verifier =
                (file.isRemote() ? Verifier.of(file.uri(), file.http()) : Verifier.of(file.path())).deep(deep);
        verifier = threads == null ? verifier : verifier.threads(threads);
        AtomicReference<Progress> progress = new AtomicReference<>();
        Verification result;
        try {
            result = verifier.run((done, total) -> progress.updateAndGet(
                            line -> line == null ? new Progress("decoding tiles", total) : line)
                    .update(done));
        } finally {
            if (progress.get() != null) {
                progress.get().close();
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(result));
        } else {
            tell(result, out);
        }
        out.flush();
        return result.isSound() ? CommandErrors.OK : CommandErrors.FINDINGS;
    }

    private void tell(Verification result, PrintWriter out) {
        TextTable table = new TextTable("check", "findings>");
        result.checks().forEach((check, count) -> table.row(check, count == 0 ? "ok" : count));
        out.print(table);
        for (Finding finding : result.findings()) {
            out.println();
            out.print(finding.severity().name().toLowerCase(Locale.ROOT) + " " + finding.check());
            finding.subblock().ifPresent(index -> out.print(", subblock " + index));
            finding.offset().ifPresent(offset -> out.print(", offset " + offset));
            out.println(":");
            out.println("  " + finding.message());
            if (!finding.lost().isEmpty()) {
                out.println("  lost: " + finding.lost());
            }
        }
        out.println();
        out.println(result.subblocks() + " subblocks" + (deep ? ", " + result.decoded() + " decoded" : "") + ": "
                + result.count(Severity.FATAL) + " fatal, " + result.count(Severity.WARNING) + " warnings, "
                + result.count(Severity.INFO) + " for information");
    }

    private JsonObject json(Verification result) {
        JsonObject object = new JsonObject();
        object.addProperty("formatVersion", FORMAT_VERSION);
        object.addProperty("file", file.name());
        object.addProperty("sound", result.isSound());
        object.addProperty("subblocks", result.subblocks());
        object.addProperty("decoded", result.decoded());
        JsonObject checks = new JsonObject();
        result.checks().forEach(checks::addProperty);
        object.add("checks", checks);
        JsonArray findings = new JsonArray();
        for (Finding finding : result.findings()) {
            JsonObject entry = new JsonObject();
            entry.addProperty("severity", finding.severity().name().toLowerCase(Locale.ROOT));
            entry.addProperty("check", finding.check());
            finding.offset().ifPresent(offset -> entry.addProperty("offset", offset));
            finding.subblock().ifPresent(index -> entry.addProperty("subblock", index));
            entry.addProperty("message", finding.message());
            entry.addProperty("lost", finding.lost());
            findings.add(entry);
        }
        object.add("findings", findings);
        return object;
    }
}
