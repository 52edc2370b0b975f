package io.github.czi4j.bench.menu;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.util.Optional;
import java.util.function.Function;

/** Questions and answers, a line each. {@code q} and the end of the input leave, {@code b} goes back. */
final class Dialog {
    /** Columns that every terminal has, less the last, where some break the line. */
    static final int WIDTH = 79;

    private final BufferedReader in;
    private final PrintWriter out;
    private final Style style;

    Dialog(Reader in, PrintWriter out, Style style) {
        this.in = in instanceof BufferedReader buffered ? buffered : new BufferedReader(in);
        this.out = out;
        this.style = style;
    }

    Style style() {
        return style;
    }

    void say(String line) {
        out.println(line);
        out.flush();
    }

    void complain(String what) {
        say(style.complaint(what));
    }

    /**
     * Asks until an answer is understood.
     *
     * @param question without its mark
     * @param usual what Enter alone means, as it is shown; empty if it means nothing
     * @param parser makes the meaning of an answer; its IllegalArgumentException says what would have been possible
     * @return the meaning; empty for Enter alone where there is something usual
     */
    <T> Optional<T> ask(String question, String usual, Function<String, T> parser) throws IOException, Leave {
        while (true) {
            String answer = answer(style.heading(question) + (usual.isEmpty() ? "" : " [" + usual + "]") + ": ");
            if (answer.isEmpty()) {
                if (!usual.isEmpty()) {
                    return Optional.empty();
                }
                continue;
            }
            try {
                return Optional.of(parser.apply(answer));
            } catch (IllegalArgumentException e) {
                complain(e.getMessage());
            }
        }
    }

    /** Waits for a line, whatever it holds. */
    void pause(String what) throws IOException, Leave {
        answer(style.heading(what) + ": ");
    }

    private String answer(String prompt) throws IOException, Leave {
        out.print(prompt);
        out.flush();
        String line = in.readLine();
        if (line == null) {
            out.println();
            out.flush();
            throw new Leave(false);
        }
        // Arrow keys send control characters.
        String answer =
                line.replaceAll("\u001b\\[[0-9;]*[A-Za-z~]|\\p{Cntrl}", "").strip();
        if (answer.equals("q") || answer.equals("b")) {
            throw new Leave(answer.equals("b"));
        }
        return answer;
    }

    /** A whole number of at least some size. */
    static int number(String answer, int least) {
        try {
            int number = Integer.parseInt(answer);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + shortened(answer, 20) + "' is not a number", e);
        }
        throw new IllegalArgumentException("at least " + least + ", please");
    }

    /** A text in so many columns, its middle left out where it is longer. */
    static String shortened(String text, int columns) {
        String clean = text.replaceAll("\\p{Cntrl}", "?");
        int[] points = clean.codePoints().toArray();
        if (points.length <= columns) {
            return clean;
        }
        int head = (columns - 1) / 2;
        int tail = columns - 1 - head;
        return new String(points, 0, head) + "…" + new String(points, points.length - tail, tail);
    }

    /** A text with blanks up to so many columns. */
    static String padded(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - text.codePointCount(0, text.length())));
    }
}
