package io.github.czi4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamesTest {
    private final Path folder = Path.of("parts");
    private final FileNames names = new FileNames();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "../../x",
                "..\\x",
                "/etc/passwd",
                "C:\\x",
                "a/b",
                "a\u0000b",
                "\n",
                "...",
                "~",
                "x:y"
            })
    void everyNameStaysInTheFolder(String name) {
        Path target = names.in(folder, name, "JPG");
        assertEquals(folder, target.getParent());
        assertEquals(target, target.normalize());
        assertTrue(
                target.getFileName().toString().matches("[\\p{L}\\p{N}_][\\p{L}\\p{N} ._()-]*\\.jpg"),
                target::toString);
    }

    @Test
    void aTypeCannotLeaveTheFolderEither() {
        assertEquals("x.etc", names.in(folder, "x", "/../etc").getFileName().toString());
        assertEquals("x.bin", names.in(folder, "x", "../").getFileName().toString());
        assertEquals(
                "Label.czi", names.in(folder, "Label", "ZISRAW").getFileName().toString());
    }

    @Test
    void equalNamesGetANumberWhateverTheirCase() {
        assertEquals("Label.jpg", names.in(folder, "Label", "JPG").getFileName().toString());
        assertEquals(
                "LABEL (2).jpg", names.in(folder, "LABEL", "jpg").getFileName().toString());
        assertEquals(
                "label (3).jpg", names.in(folder, "label", "Jpg").getFileName().toString());
        assertEquals("label.czi", names.in(folder, "label", "CZI").getFileName().toString());
    }

    @Test
    void longNamesAreCutBetweenCharacters() {
        // Each is a letter outside the basic plane: two chars, four bytes.
        String name = names.in(folder, "x" + "\uD840\uDC00".repeat(300), "JPG")
                .getFileName()
                .toString();
        assertTrue(name.getBytes(StandardCharsets.UTF_8).length <= 255, name);
        assertTrue(name.endsWith(".jpg"), name);
    }

    @Test
    void namesThatWindowsKeepsForDevicesAreChanged() {
        assertEquals("_con.jpg", names.in(folder, "con", "JPG").getFileName().toString());
        assertEquals(
                "_LPT1.x.jpg", names.in(folder, "LPT1.x", "JPG").getFileName().toString());
        assertEquals(
                "contour.jpg", names.in(folder, "contour", "JPG").getFileName().toString());
    }
}
