package io.github.czi4j.bench.console;

import java.util.ArrayList;
import java.util.List;

/** A table for a terminal: columns as wide as they must be, numbers on the right. Not thread-safe. */
public final class TextTable {
    private static final String GAP = "  ";

    private final List<String> header;
    private final boolean[] right;
    private final List<List<String>> rows = new ArrayList<>();
    private final int[] widths;

    /**
     * Begins a table.
     *
     * @param columns names; one that ends in {@code >} is set on the right, without that sign
     */
    public TextTable(String... columns) {
        header = new ArrayList<>();
        right = new boolean[columns.length];
        for (int i = 0; i < columns.length; i++) {
            right[i] = columns[i].endsWith(">");
            header.add(right[i] ? columns[i].substring(0, columns[i].length() - 1) : columns[i]);
        }
        widths = new int[columns.length];
        fit(header);
    }

    /**
     * Adds a row.
     *
     * @param cells as many as there are columns
     * @return this table
     */
    public TextTable row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(String.valueOf(cell));
        }
        fit(row);
        rows.add(row);
        return this;
    }

    /**
     * Makes the columns wide enough for a row that is not kept: for tables that are too long for the memory. Once all rows
     * have been seen, {@link #head()} and {@link #line} give the lines.
     *
     * @param row as many cells as there are columns
     */
    public void fit(List<String> row) {
        if (row.size() != right.length) {
            throw new IllegalArgumentException(row.size() + " cells for " + right.length + " columns");
        }
        for (int i = 0; i < widths.length; i++) {
            widths[i] =
                    Math.max(widths[i], row.get(i).codePointCount(0, row.get(i).length()));
        }
    }

    /**
     * The header with a rule below it.
     *
     * @return two lines without the last line break
     */
    public String head() {
        List<String> rule = new ArrayList<>();
        for (int width : widths) {
            rule.add("─".repeat(width));
        }
        return line(header) + "\n" + line(rule);
    }

    /**
     * One row.
     *
     * @param row as many cells as there are columns, none wider than any that was fitted
     * @return a line without its break
     */
    public String line(List<String> row) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = row.get(i);
            String pad = " ".repeat(Math.max(0, widths[i] - cell.codePointCount(0, cell.length())));
            line.append(i == 0 ? "" : GAP).append(right[i] ? pad + cell : cell + pad);
        }
        return line.toString().stripTrailing();
    }

    /**
     * The table as lines, with a rule below the header.
     *
     * @return text that ends with a line break
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(head()).append('\n');
        rows.forEach(row -> text.append(line(row)).append('\n'));
        return text.toString();
    }
}
