package io.github.czi4j.bench;

import com.google.gson.JsonObject;
import io.github.czi4j.bench.console.WholeFile;
import io.github.czi4j.bench.report.CsvReport;
import io.github.czi4j.bench.report.JsonReport;
import io.github.czi4j.bench.report.MarkdownReport;
import io.github.czi4j.bench.report.html.HtmlReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Reports of a result for people and for other programs, all made from its JSON alone. */
final class ReportOptions {
    @Option(
            names = "--html",
            paramLabel = "FILE.html",
            description = "Write a report with charts there: one page that opens without network.")
    private Path html;

    @Option(
            names = "--csv",
            paramLabel = "FILE.csv",
            description = "Write a table there: one row a configuration (benchmark) or a tile (profile).")
    private Path csv;

    @Option(names = "--markdown", paramLabel = "FILE.md", description = "Write tables for a ticket there.")
    private Path markdown;

    /** Complains early of reports that could not be written. */
    void check() throws IOException {
        for (Path file : files()) {
            JsonReport.check(file);
        }
    }

    boolean isEmpty() {
        return files().isEmpty();
    }

    private List<Path> files() {
        return Stream.of(html, csv, markdown).filter(file -> file != null).toList();
    }

    /**
     * Writes what is asked for.
     *
     * @return the files
     */
    List<Path> write(JsonObject result) throws IOException {
        List<Path> written = new ArrayList<>();
        write(html, HtmlReport::page, result, written);
        write(csv, CsvReport::table, result, written);
        write(markdown, MarkdownReport::text, result, written);
        return written;
    }

    private static void write(Path file, Function<JsonObject, String> report, JsonObject result, List<Path> written)
            throws IOException {
        if (file != null) {
            String text = report.apply(result);
            WholeFile.write(file, part -> Files.writeString(part, text, StandardCharsets.UTF_8));
            written.add(file);
        }
    }
}
