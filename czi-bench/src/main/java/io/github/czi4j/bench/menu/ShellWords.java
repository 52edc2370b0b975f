package io.github.czi4j.bench.menu;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Words as a shell reads and writes them. */
final class ShellWords {
    private static final String PLAIN = "[A-Za-z0-9_@%+=:,./~-]+";

    private ShellWords() {}

    /** A word such that a POSIX shell gives it back; those that need it within quotes. */
    static String quoted(String word) {
        // A ~ is the home folder where a word begins with it.
        return word.matches(PLAIN) && !word.startsWith("~") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** A command line, broken after a backslash where it is longer than a line. */
    static String commandLine(String program, List<String> arguments, int columns) {
        List<String> words = arguments.stream().map(ShellWords::quoted).collect(Collectors.toList());
        String line = program + " " + String.join(" ", words);
        if (line.length() <= columns) {
            return line;
        }
        List<String> lines = new ArrayList<>();
        StringBuilder last = new StringBuilder(program);
        for (int i = 0; i < words.size(); i++) {
            // An option stays on the line of its value.
            boolean isValue =
                    i > 0 && words.get(i - 1).startsWith("-") && !words.get(i).startsWith("-");
            boolean hasValue = words.get(i).startsWith("-")
                    && i + 1 < words.size()
                    && !words.get(i + 1).startsWith("-");
            int needed =
                    3 + words.get(i).length() + (hasValue ? 1 + words.get(i + 1).length() : 0);
            if (!isValue && i > 0 && last.length() + needed > columns) {
                lines.add(last + " \\");
                last = new StringBuilder("   ");
            }
            last.append(' ').append(words.get(i));
        }
        lines.add(last.toString());
        return String.join("\n", lines);
    }

    /**
     * The file that somebody typed, pasted or dropped: within quotes, with blanks after backslashes, as a URL, below
     * {@code ~}.
     *
     * @throws IllegalArgumentException if it is no path
     */
    static Path path(String typed, String home, boolean hasBackslashes) {
        String text = typed.strip();
        if (text.startsWith("file:/")) {
            // Only a decoder for the name: the host, if there is one, is this one.
            text = URI.create(text.replace(" ", "%20")).getPath();
        } else {
            text = unquoted(text, hasBackslashes);
        }
        if (text.equals("~") || text.startsWith("~/")) {
            text = home + text.substring(1);
        }
        if (text == null || text.isEmpty()) {
            throw new IllegalArgumentException("a file name, please");
        }
        return Path.of(text);
    }

    private static String unquoted(String text, boolean hasBackslashes) {
        StringBuilder word = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote == 0 && (c == '\'' || c == '"') && closes(text, i)) {
                quote = c;
            } else if (quote != 0 && c == quote) {
                quote = 0;
            } else if (hasBackslashes && c == '\\' && quote != '\'' && i + 1 < text.length()) {
                word.append(text.charAt(++i));
            } else {
                word.append(c);
            }
        }
        return word.toString();
    }

    /** An apostrophe that is never closed belongs to the name: nobody waits for the rest of a word here. */
    private static boolean closes(String text, int at) {
        return text.indexOf(text.charAt(at), at + 1) > 0;
    }
}
