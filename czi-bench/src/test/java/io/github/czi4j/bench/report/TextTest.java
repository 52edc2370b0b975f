package io.github.czi4j.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void shortLinesStayAsTheyAre() {
        assertEquals("file     a.czi, 3 MB\n", Text.wrapFact("file     a.czi, 3 MB"));
        assertEquals("\n", Text.wrap(""));
    }

    @Test
    void longLinesBreakAtBlanksAndHang() {
        String text = Text.wrapFact("reads    " + "word ".repeat(40) + "end");
        String[] lines = text.split("\n");
        assertEquals(3, lines.length);
        for (String line : lines) {
            assertTrue(line.length() <= 80, line);
        }
        assertTrue(lines[1].startsWith("         word"));
        assertEquals(
                "reads " + "word ".repeat(40) + "end",
                text.replaceAll("\\s+", " ").trim());
    }

    @Test
    void aWordThatFitsNoLineIsLeftWhole() {
        String path = "/" + "x".repeat(100);
        assertEquals("file     " + path + "\n", Text.wrapFact("file     " + path));
    }
}
