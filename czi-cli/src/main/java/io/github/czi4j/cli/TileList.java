package io.github.czi4j.cli;

import com.google.gson.stream.JsonWriter;
import io.github.czi4j.CziReader;
import io.github.czi4j.Subblocks;
import io.github.czi4j.bench.console.Progress;
import io.github.czi4j.bench.console.TextTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Writes a list of subblocks in the order of the directory. What they say of themselves is read in the order of the file,
 * in one pass; memory does not grow with the length of the rows, but by a few bytes for each.
 */
final class TileList {
    private static final int FORMAT_VERSION = 1;
    /** Rows that are made at once: enough to keep all processors busy, few enough not to matter. */
    private static final int BATCH = 4096;
    /** Rows in memory, in bytes, that wait for those before them. */
    private static final int MAX_WAITING = 32 << 20;

    private static final char CELL = '\u001F';

    private final CziReader reader;
    private final Subblocks chosen;
    private final int[] indices;
    private final boolean withDetails;
    private final AtomicLong unreadable = new AtomicLong();

    /** What is written for a row. */
    @FunctionalInterface
    private interface Format {
        String of(TileRow row) throws IOException;
    }

    /** Where it is written to. */
    @FunctionalInterface
    private interface Sink {
        void accept(String text) throws IOException;
    }

    TileList(CziReader reader, Subblocks chosen, long limit, boolean withDetails) {
        this.reader = reader;
        this.chosen = chosen;
        this.indices = chosen.indices().limit(limit).toArray();
        this.withDetails = withDetails;
    }

    /** Number of subblocks that could not be read so far. */
    long unreadable() {
        return unreadable.get();
    }

    void writeCsv(PrintWriter out) throws IOException {
        out.print(Csv.line(TileRow.COLUMNS));
        out.println(withDetails ? "," + Csv.line(TileRow.DETAIL_COLUMNS) : "");
        write(row -> Csv.line(row.values(withDetails)), out::println);
    }

    void writeJson(String file, PrintWriter out) throws IOException {
        // Not closed: standard output stays open.
        JsonWriter json = new JsonWriter(out);
        json.setHtmlSafe(false);
        json.beginObject();
        json.name("formatVersion").value(FORMAT_VERSION);
        json.name("file").value(file);
        json.name("tiles").beginArray();
        write(TileRow::json, json::jsonValue);
        json.endArray();
        json.endObject();
        json.flush();
        out.println();
    }

    void writeTable(PrintWriter out) throws IOException {
        TextTable table = withDetails
                ? new TextTable(
                        "index>",
                        "coordinate",
                        "m>",
                        "x>",
                        "y>",
                        "width>",
                        "height>",
                        "time",
                        "stage x>",
                        "stage y>",
                        "focus>",
                        "payload>",
                        "attachment>",
                        "mask",
                        "problem")
                : new TextTable(
                        "index>",
                        "coordinate",
                        "m>",
                        "x>",
                        "y>",
                        "width>",
                        "height>",
                        "stored",
                        "type",
                        "compression",
                        "offset>");
        try (SpilledTexts rows = new SpilledTexts(indices.length, MAX_WAITING)) {
            int[] next = {0};
            write(row -> String.join(String.valueOf(CELL), cells(row)), text -> {
                table.fit(split(text));
                rows.put(next[0]++, text);
            });
            out.println(table.head());
            for (int i = 0; i < indices.length; i++) {
                out.println(table.line(split(rows.get(i))));
            }
        }
    }

    private List<String> cells(TileRow row) {
        List<String> values = row.values(withDetails);
        if (withDetails) {
            return IntStream.of(0, 1, 2, 3, 4, 5, 6, 17, 18, 19, 20, 13, 14, 15, 26)
                    .mapToObj(values::get)
                    .map(text -> text.replace('\n', ' ').replace(CELL, ' '))
                    .toList();
        }
        String stored = row.info().isLayer0()
                ? ""
                : row.info().storedWidth() + "×" + row.info().storedHeight();
        return List.of(
                values.get(0),
                values.get(1),
                values.get(2),
                values.get(3),
                values.get(4),
                values.get(5),
                values.get(6),
                stored,
                values.get(9),
                values.get(10),
                values.get(11));
    }

    private static List<String> split(String text) {
        return Arrays.asList(text.split(String.valueOf(CELL), -1));
    }

    private void write(Format format, Sink sink) throws IOException {
        if (!withDetails) {
            for (int index : indices) {
                sink.accept(format.of(TileRow.of(reader.subblockInfo(index))));
            }
            return;
        }
        int last = indices.length == 0 ? -1 : indices[indices.length - 1];
        int[] inFileOrder =
                chosen.inFileOrder().indices().filter(index -> index <= last).toArray();
        boolean isSameOrder = Arrays.equals(indices, inFileOrder);
        try (Progress progress = new Progress("reading tiles", indices.length);
                SpilledTexts waiting = new SpilledTexts(isSameOrder ? 0 : indices.length, MAX_WAITING)) {
            for (int from = 0; from < inFileOrder.length; from += BATCH) {
                int to = Math.min(inFileOrder.length, from + BATCH);
                String[] texts = read(inFileOrder, from, to, format);
                for (int i = from; i < to; i++) {
                    if (isSameOrder) {
                        sink.accept(texts[i - from]);
                    } else {
                        waiting.put(Arrays.binarySearch(indices, inFileOrder[i]), texts[i - from]);
                    }
                }
                progress.update(to);
            }
            for (int i = 0; i < indices.length && !isSameOrder; i++) {
                sink.accept(waiting.get(i));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private String[] read(int[] order, int from, int to, Format format) {
        return IntStream.range(from, to)
                .parallel()
                .mapToObj(i -> {
                    try {
                        return text(order[i], format);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toArray(String[]::new);
    }

    private String text(int index, Format format) throws IOException {
        TileRow row = TileRow.read(reader.subblock(index));
        if (row.isUnreadable()) {
            unreadable.incrementAndGet();
        }
        return format.of(row);
    }
}
