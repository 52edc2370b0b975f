package io.github.czi4j.bench.report;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A result as a table for spreadsheets and scripts: one row a configuration of a benchmark, or a tile of a profile. As RFC
 * 4180 has it: comma, CR LF, quotes where needed; numbers with a point, without units or thousands; empty where there is no
 * figure. A text that a spreadsheet would take for a formula gets an apostrophe in front.
 */
public final class CsvReport {
    private record Column(String name, String... path) {}

    private static final List<Column> CONFIGURATIONS = List.of(
            new Column("name", "name"),
            new Column("strategy", "strategy"),
            new Column("threads", "threads"),
            new Column("batch_size", "batchSize"),
            new Column("io", "io"),
            new Column("order", "order"),
            new Column("page_cache", "pageCache"),
            new Column("median_seconds", "seconds", "median"),
            new Column("low_seconds", "seconds", "low"),
            new Column("high_seconds", "seconds", "high"),
            new Column("min_seconds", "seconds", "min"),
            new Column("max_seconds", "seconds", "max"),
            new Column("confidence", "seconds", "confidence"),
            new Column("speedup", "speedup", "median"),
            new Column("speedup_low", "speedup", "low"),
            new Column("speedup_high", "speedup", "high"),
            new Column("cpu_seconds", "cpuSeconds"),
            new Column("start_up_seconds", "startUpSeconds"),
            new Column("megapixels_per_second", "megapixelsPerSecond"),
            new Column("output_megapixels_per_second", "outputMegapixelsPerSecond"),
            new Column("megabytes_per_second", "megabytesPerSecond"),
            new Column("peak_memory_bytes", "peakMemoryBytes"),
            new Column("output_hash", "outputHash"));

    private static final List<Column> TILES = List.of(
            new Column("index", "index"),
            new Column("x", "x"),
            new Column("y", "y"),
            new Column("width", "width"),
            new Column("height", "height"),
            new Column("compression", "compression"),
            new Column("stored_bytes", "storedBytes"),
            new Column("worker", "worker"),
            new Column("start_seconds", "startSeconds"),
            new Column("read_seconds", "readSeconds"),
            new Column("decode_seconds", "decodeSeconds"),
            new Column("place_seconds", "placeSeconds"));

    private CsvReport() {}

    /**
     * Makes the table.
     *
     * @param result a benchmark or a profile
     * @return lines, the first with the names of the columns
     */
    public static String table(JsonObject result) {
        Members all = Members.of(result);
        return "profile".equals(all.text("kind"))
                ? lines(TILES, tiles(all))
                : lines(CONFIGURATIONS, all.at("configurations").list());
    }

    /** All tiles, or the slowest where a profile lists no others. */
    private static List<Members> tiles(Members all) {
        List<Members> list = all.at("tiles", "list").list();
        return list.isEmpty() ? all.at("tiles", "slowest").list() : list;
    }

    private static String lines(List<Column> columns, List<Members> rows) {
        StringBuilder text = new StringBuilder();
        line(text, columns.stream().map(Column::name).toList());
        for (Members row : rows) {
            List<String> cells = new ArrayList<>();
            for (Column column : columns) {
                cells.add(cell(row, column));
            }
            line(text, cells);
        }
        return text.toString();
    }

    private static String cell(Members row, Column column) {
        Members value = row.at(column.path());
        if (!value.isPresent() && "speedup".equals(column.name())) {
            // Results of before intervals have the bare ratio.
            value = row.at("speedup");
        }
        String text = value.text();
        boolean isFormula = Double.isNaN(value.number()) && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
        return isFormula ? "'" + text : text;
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append(cells.stream().map(CsvReport::quoted).collect(Collectors.joining(",")))
                .append("\r\n");
    }

    private static String quoted(String cell) {
        boolean isPlain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return isPlain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
