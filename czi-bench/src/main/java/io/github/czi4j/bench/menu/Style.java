package io.github.czi4j.bench.menu;

import java.util.Map;

/** How text is set off: by ANSI sequences, or not at all. Nothing is told by colour alone. */
enum Style {
    PLAIN,
    ANSI;

    private static final String ESCAPE = "\u001b[";

    /** What a terminal is to be given: nothing but text where the user (https://no-color.org) or the terminal says so. */
    static Style of(Map<String, String> variables, String operatingSystem) {
        boolean isPlain = !variables.getOrDefault("NO_COLOR", "").isEmpty()
                || "dumb".equals(variables.get("TERM"))
                || operatingSystem.startsWith("Windows") && !variables.containsKey("WT_SESSION");
        return isPlain ? PLAIN : ANSI;
    }

    String heading(String text) {
        return with("1", text);
    }

    String key(String text) {
        return with("36", text);
    }

    String faint(String text) {
        return with("2", text);
    }

    String complaint(String text) {
        return with("33", text);
    }

    private String with(String code, String text) {
        return this == PLAIN || text.isEmpty() ? text : ESCAPE + code + "m" + text + ESCAPE + "0m";
    }
}
