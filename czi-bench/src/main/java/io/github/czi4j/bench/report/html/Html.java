package io.github.czi4j.bench.report.html;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/** Writes HTML whose texts and attribute values are escaped, whatever they hold. Not thread-safe. */
public final class Html {
    private static final Set<String> VOID = Set.of("meta", "rect");

    private final StringBuilder text = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** An empty page. */
    public Html() {}

    /**
     * Opens an element, or writes one that has no content.
     *
     * @param name of the element
     * @param attributes names and values in turn; a null value leaves an attribute out
     * @return this
     */
    public Html tag(String name, String... attributes) {
        text.append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            if (attributes[i + 1] != null) {
                text.append(' ').append(attributes[i]).append("=\"");
                escape(attributes[i + 1]);
                text.append('"');
            }
        }
        if (VOID.contains(name)) {
            text.append("/>");
        } else {
            text.append('>');
            open.push(name);
        }
        return this;
    }

    /**
     * Writes text.
     *
     * @param content anything
     * @return this
     */
    public Html text(String content) {
        escape(content);
        return this;
    }

    /**
     * Closes the innermost element.
     *
     * @return this
     */
    public Html end() {
        text.append("</").append(open.pop()).append(">");
        return this;
    }

    /**
     * A whole element with text.
     *
     * @param name of the element
     * @param content anything
     * @param attributes names and values in turn
     * @return this
     */
    public Html element(String name, String content, String... attributes) {
        return tag(name, attributes).text(content).end();
    }

    /**
     * Writes markup of the program's own. Nothing that came from a file or a machine may be part of it.
     *
     * @param markup as it is
     * @return this
     */
    public Html trusted(String markup) {
        text.append(markup);
        return this;
    }

    private void escape(String content) {
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            switch (c) {
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '&' -> text.append("&amp;");
                case '"' -> text.append("&quot;");
                case '\'' -> text.append("&#39;");
                default -> text.append(isAllowed(c) ? c : '\uFFFD');
            }
        }
    }

    private static boolean isAllowed(char c) {
        return c >= ' ' || c == '\n' || c == '\t';
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
