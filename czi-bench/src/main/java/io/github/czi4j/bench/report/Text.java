package io.github.czi4j.bench.report;

/** Sentences on a terminal. */
public final class Text {
    private static final int WIDTH = 80;
    private static final int HANGING = 9;

    private Text() {}

    /**
     * Breaks a sentence into lines of at most 80 characters, words longer than that excepted.
     *
     * @param sentence words
     * @return lines that end with a line break
     */
    public static String wrap(String sentence) {
        return wrap(sentence, 0);
    }

    /**
     * Breaks a line {@code name  value}; what follows stands below the value.
     *
     * @param line name and value
     * @return lines that end with a line break
     */
    public static String wrapFact(String line) {
        return wrap(line, HANGING);
    }

    private static String wrap(String sentence, int indent) {
        StringBuilder text = new StringBuilder();
        int column = 0;
        int start = 0;
        while (start < sentence.length()) {
            int end = start;
            while (end < sentence.length() && sentence.charAt(end) == ' ') {
                end++;
            }
            int word = end;
            while (end < sentence.length() && sentence.charAt(end) != ' ') {
                end++;
            }
            if (column > indent && column + end - start > WIDTH) {
                text.append('\n').append(" ".repeat(indent));
                column = indent;
                start = word;
            }
            text.append(sentence, start, end);
            column += end - start;
            start = end;
        }
        return text.append('\n').toString();
    }
}
