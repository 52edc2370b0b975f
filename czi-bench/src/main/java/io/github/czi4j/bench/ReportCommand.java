package io.github.czi4j.bench;

import com.google.gson.JsonObject;
import io.github.czi4j.bench.console.CommandErrors;
import io.github.czi4j.bench.report.MarkdownReport;
import io.github.czi4j.bench.report.ResultFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code czi report}: reports of results that were stored. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Makes reports of what czi benchmark or czi profile stored with --output.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  czi report b.json                           tables on standard output, in Markdown",
            "  czi report b.json --html b.html             a page with charts, for a browser",
            "  czi report p.json --csv tiles.csv --markdown p.md",
            "",
            "Exit status: 0 written, 2 the file is no result or a report could not be written."
        })
public final class ReportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE.json", description = "A result.")
    private Path file;

    @Mixin
    private ReportOptions reports;

    /** For picocli. */
    public ReportCommand() {}

    @Override
    public Integer call() throws IOException {
        reports.check();
        JsonObject result = ResultFile.read(file);
        PrintWriter out = spec.commandLine().getOut();
        if (reports.isEmpty()) {
            out.print(MarkdownReport.text(result));
        }
        reports.write(result).forEach(written -> out.println("Written to " + written));
        out.flush();
        return CommandErrors.OK;
    }
}
