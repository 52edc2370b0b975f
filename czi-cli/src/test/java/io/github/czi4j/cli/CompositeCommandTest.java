package io.github.czi4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.CziWriter;
import io.github.czi4j.NewSubblock;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code czi read --composite}: two channels of one pixel each, on two focal planes. */
class CompositeCommandTest {
    private static final String DISPLAY = "<ImageDocument><Metadata><DisplaySetting><Channels>"
            + "<Channel Name='one'><Color>#FFFF0000</Color></Channel><Channel><Color>#FF0000FF</Color></Channel>"
            + "</Channels></DisplaySetting></Metadata></ImageDocument>";

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void twoChannels() throws IOException {
        file = folder.resolve("two.czi");
        try (CziWriter writer = CziWriter.create(file)) {
            for (int z = 0; z < 2; z++) {
                for (int c = 0; c < 2; c++) {
                    writer.add(
                            NewSubblock.of(new Rect(0, 0, 1, 1), PixelType.GRAY8)
                                    .at(Coordinate.parse("C" + c + "Z" + z)),
                            new byte[] {(byte) (50 * (c + 1) + z)});
                }
            }
            writer.setMetadataXml(DISPLAY);
            writer.finish();
        }
    }

    private int pixel(String name) throws IOException {
        return ImageIO.read(folder.resolve(name).toFile()).getRGB(0, 0) & 0xFFFFFF;
    }

    @Test
    void allChannelsAreOnePicture() throws IOException {
        for (String name : new String[] {"a.png", "a.tif"}) {
            Run run = Run.czi("read", file, "--composite", "--out", folder.resolve(name), "--plane", "Z1");
            assertEquals(0, run.status(), run.err());
            assertEquals(51 << 16 | 101, pixel(name));
            assertTrue(run.err().contains("channel 0 one: #FF0000, from 0.000 to 1.00"), run.err());
            assertTrue(run.err().contains("1×1 bgr24 from 2 channels"), run.err());
        }
        Run first = Run.czi("read", file, "--composite", "--out", folder.resolve("b.png"));
        assertEquals(50 << 16 | 100, pixel("b.png"));
        assertTrue(first.err().contains("note: Z=0 of 0..1"), first.err());
    }

    @Test
    void channelsCanBeChosen() throws IOException {
        assertEquals(
                0,
                Run.czi("read", file, "--channels", "1", "--out", folder.resolve("c.png"))
                        .status());
        assertEquals(100, pixel("c.png"));
        assertEquals(
                0,
                Run.czi("read", file, "--composite", "--plane", "C0", "--out", folder.resolve("d.png"))
                        .status());
        assertEquals(50 << 16, pixel("d.png"));
        Run none = Run.czi("read", file, "--channels", "7", "--out", folder.resolve("e.png"));
        assertEquals(2, none.status());
        assertTrue(none.err().contains("[0, 1]"), none.err());
        assertEquals(
                2,
                Run.czi("read", file, "--channels", "x", "--out", folder.resolve("e.png"))
                        .status());
        assertEquals(
                2,
                Run.czi("read", file, "--composite", "--out", folder.resolve("e.raw"))
                        .status());
    }
}
