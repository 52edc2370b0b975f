package io.github.czi4j.bench;

import io.github.czi4j.bench.bundle.Bundle;
import io.github.czi4j.bench.console.CommandErrors;
import io.github.czi4j.bench.report.JsonReport;
import io.github.czi4j.bench.report.ResultFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code czi report-bundle}: what a support ticket needs, in one archive. */
@Command(
        name = "report-bundle",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Packs results, their reports, what this machine is and, of a CZI file, metadata and directory "
                + "into one ZIP: no pixels, no attachments, no label. What may be private is listed on standard error.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  czi report-bundle b.json p.json --file slide.czi --out bundle.zip",
            "  czi report-bundle b.json --file slide.czi --out bundle.zip --anonymise",
            "",
            "Exit status: 0 written, 2 an input cannot be read or the archive not be written."
        })
public final class ReportBundleCommand implements Callable<Integer> {
    private static final int MAX_SHOWN = 12;

    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0..*",
            arity = "1..*",
            paramLabel = "FILE.json",
            description = "Results of czi benchmark or czi profile.")
    private List<Path> results;

    @Option(names = "--file", paramLabel = "FILE.czi", description = "The CZI file that they are of.")
    private Path file;

    @Option(names = "--out", paramLabel = "FILE.zip", required = true, description = "The archive to write.")
    private Path out;

    @Option(
            names = "--anonymise",
            description = "Replace names of users, machines, paths and files, identifiers of samples and e-mail "
                    + "addresses by names that tell nothing. Dates and free text stay.")
    private boolean isAnonymous;

    /** For picocli. */
    public ReportBundleCommand() {}

    @Override
    public Integer call() throws IOException {
        JsonReport.check(out);
        Bundle bundle = new Bundle();
        for (Path result : results) {
            bundle.addResult(result, ResultFile.read(result));
        }
        if (file != null) {
            bundle.addFile(file);
        }
        List<String> entries = bundle.write(out, isAnonymous);
        PrintWriter err = spec.commandLine().getErr();
        bundle.notes().forEach(note -> err.println("czi: " + note));
        if (!bundle.privateTraits().isEmpty()) {
            err.println(
                    isAnonymous ? "Found and replaced, dates excepted:" : "May be private (--anonymise replaces it):");
            bundle.privateTraits().forEach((kind, values) -> err.println("  " + kind + ": " + shown(values)));
            err.println("Free text, such as titles and comments, is not understood: look into czi/metadata.xml.");
        }
        err.flush();
        PrintWriter to = spec.commandLine().getOut();
        to.println("Written to " + out + ":");
        entries.forEach(entry -> to.println("  " + entry));
        to.flush();
        return CommandErrors.OK;
    }

    private static String shown(Collection<String> values) {
        String some = values.stream()
                .limit(MAX_SHOWN)
                .map(value -> value.replaceAll("\\p{Cntrl}", "?"))
                .collect(Collectors.joining(", "));
        return values.size() > MAX_SHOWN ? some + " and " + (values.size() - MAX_SHOWN) + " more" : some;
    }
}
