package io.github.czi4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.model.ChannelDisplay;
import io.github.czi4j.model.ChannelDisplay.ColourMode;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.DisplaySettings;
import io.github.czi4j.model.Parallelism;
import io.github.czi4j.model.PixelShift;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import io.github.czi4j.testing.Corpus;
import io.github.czi4j.testing.TestCzi;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Pictures of several channels, from the file's XML to the pixels. */
class CompositeTest {
    private static String xml(String channels, String displays) {
        return "<ImageDocument><Metadata><Information><Image><Dimensions><Channels>" + channels
                + "</Channels></Dimensions></Image></Information><DisplaySetting><Channels>" + displays
                + "</Channels></DisplaySetting></Metadata></ImageDocument>";
    }

    /** Two channels of 4×3 pixels, all of one value each. */
    private static TestCzi twoChannels(int first, int second) {
        return new TestCzi()
                .add(TestCzi.gray8(0, 0, 4, 3, first).at("C0"))
                .add(TestCzi.gray8(0, 0, 4, 3, second).at("C1"));
    }

    private static int[] pixel(Composite picture, int x, int y) {
        int at = 3 * (y * picture.width() + x);
        byte[] bytes = picture.bytes();
        return new int[] {bytes[at + 2] & 0xFF, bytes[at + 1] & 0xFF, bytes[at] & 0xFF};
    }

    @Test
    void channelsAreShownAsTheDocumentSays() throws CziException {
        String displays = "<Channel Id='Channel:1' Name='green'><Color>#FF00FF00</Color><High>0.5</High></Channel>"
                + "<Channel Id='Channel:0' Name='red'><Color>#FFFF0000</Color></Channel>";
        TestCzi file = twoChannels(100, 51).xml(xml("<Channel Id='Channel:0'/><Channel Id='Channel:1'/>", displays));
        try (CziReader reader = file.open()) {
            DisplaySettings settings = reader.displaySettings();
            assertEquals("red", settings.channel(0).name().orElseThrow(), "matched by id, not by place");
            assertEquals(0x00FF00, settings.channel(1).colour());
            Composite picture = reader.readComposite(MosaicRequest.wholeImage());
            // floor(0.5 · 255) = 127; 51 / 127 · 255 = 102.4
            assertArrayEquals(new int[] {100, 102, 0}, pixel(picture, 3, 2));
            assertEquals(new Rect(0, 0, 4, 3), picture.region());
            assertEquals(
                    List.of(0, 1),
                    picture.channels().stream().map(Composite.Channel::index).toList());
            assertTrue(picture.isComplete());
            // One channel of it, by the request and by the settings.
            assertArrayEquals(
                    new int[] {0, 102, 0},
                    pixel(reader.readComposite(MosaicRequest.wholeImage().channel(1)), 0, 0));
            assertArrayEquals(
                    new int[] {100, 0, 0},
                    pixel(reader.readComposite(MosaicRequest.wholeImage(), settings.only(0)), 0, 0));
            // In other colours.
            DisplaySettings blue = settings.with(1, settings.channel(1).tint(0x0000FF));
            assertArrayEquals(
                    new int[] {100, 0, 102}, pixel(reader.readComposite(MosaicRequest.wholeImage(), blue), 0, 0));
            assertThrows(IllegalArgumentException.class, () -> settings.only(2));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> reader.readComposite(MosaicRequest.wholeImage(), settings.only()));
        }
    }

    @Test
    void everyPropertyOfADisplayIsRead() throws CziException {
        String full = "<Channel Id='a' Name='n'><Low>0.1</Low><High>+0.9</High><Gamma>0.45</Gamma><Mode>Ramp</Mode>"
                + "<ColorMode>Palette</ColorMode><Color>#80123456</Color><PaletteName>Fire</PaletteName>"
                + "<IsSelected>False</IsSelected><Weight>2.5</Weight></Channel>";
        String spline = "<Channel><Mode>Spline</Mode><Points>0,0 0.25,0.5 0.75,0.6 1,1</Points><Gamma>2</Gamma>"
                + "<ColorMode>None</ColorMode></Channel>";
        try (CziReader reader = twoChannels(1, 2).xml(xml("", full + spline)).open()) {
            ChannelDisplay first = reader.displaySettings().channel(0);
            assertEquals("a", first.id().orElseThrow());
            assertEquals("n", first.name().orElseThrow());
            assertEquals(0.1, first.black());
            assertEquals(0.9, first.white());
            assertEquals(OptionalDouble.of(0.45), first.gamma());
            assertEquals(ColourMode.PALETTE, first.colourMode());
            assertEquals(0x123456, first.colour());
            assertEquals("Fire", first.paletteName().orElseThrow());
            assertFalse(first.isSelected());
            assertEquals(2.5, first.weight());
            assertFalse(first.isAutomatic());
            ChannelDisplay second = reader.displaySettings().channel(1);
            assertEquals(
                    List.of(new ChannelDisplay.Point(0.25, 0.5), new ChannelDisplay.Point(0.75, 0.6)), second.points());
            assertEquals(OptionalDouble.empty(), second.gamma(), "the spline goes before");
            assertEquals(ColourMode.NONE, second.colourMode());
            assertTrue(second.isSelected());
            Composite picture = reader.readComposite(MosaicRequest.wholeImage());
            assertEquals(1, picture.channels().size(), "the first is not selected");
        }
    }

    @Test
    void nonsenseInADisplayMeansTheDefault() throws CziException {
        String odd = "<Channel><Low>NaN</Low><High>much</High><Gamma>-1</Gamma><Color>red</Color><Weight/>"
                + "<IsSelected>perhaps</IsSelected><Mode>Spline</Mode><Points>0.5,0.5 0.4,1</Points></Channel>";
        try (CziReader reader = twoChannels(7, 9).xml(xml("", odd)).open()) {
            ChannelDisplay display = reader.displaySettings().channel(0);
            assertEquals(0, display.black());
            assertEquals(1, display.white());
            assertEquals(OptionalDouble.empty(), display.gamma());
            assertEquals(List.of(), display.points());
            assertEquals(ChannelDisplay.WHITE, display.colour());
            assertEquals(1, display.weight());
            assertTrue(display.isSelected());
        }
        try (CziReader reader = twoChannels(7, 9)
                .xml("<ImageDocument><Metadata><DisplaySetting><Chan")
                .open()) {
            assertEquals(2, reader.displaySettings().channels().size());
        }
    }

    @Test
    void withoutDisplaySettingsRangesComeFromThePictureAndColoursFromTheDocument() throws CziException {
        byte[] ramp = new byte[256];
        for (int i = 0; i < 256; i++) {
            ramp[i] = (byte) (50 + i % 101);
        }
        TestCzi file = new TestCzi()
                .add(new TestCzi.Tile(0, 0, 16, 16, PixelType.GRAY8, ramp).at("C3"))
                .add(new TestCzi.Tile(0, 0, 16, 16, PixelType.GRAY8, ramp).at("C5"));
        file.xml("<ImageDocument><Metadata><Information><Image><Dimensions><Channels>"
                + "<Channel Id='Channel:0'/><Channel/><Channel/><Channel><Color>#FF00A1FF</Color></Channel>"
                + "</Channels></Dimensions></Image></Information></Metadata></ImageDocument>");
        try (CziReader reader = file.open()) {
            DisplaySettings settings = reader.displaySettings();
            assertEquals(List.of(3, 5), List.copyOf(settings.channels().keySet()), "no channel 4");
            assertEquals(0x00A1FF, settings.channel(3).colour());
            assertEquals(0x00FF00, settings.channel(5).colour());
            Composite picture = reader.readComposite(MosaicRequest.wholeImage().channel(5));
            assertArrayEquals(new int[] {0, 0, 0}, pixel(picture, 0, 0), "50 is the lowest value");
            assertArrayEquals(new int[] {0, 255, 0}, pixel(picture, 4, 6), "150 is the highest");
            ChannelDisplay used = picture.channels().get(0).display();
            assertEquals(50 / 255.0, used.black(), 0.002);
            assertEquals(150 / 255.0, used.white(), 0.002);
        }
        // Alone, a channel is grey; and a file needs no C.
        try (CziReader reader =
                new TestCzi().add(TestCzi.gray8(0, 0, 2, 2, 5).at("Z1")).open()) {
            assertFalse(reader.displaySettings().channel(0).isTinted());
            assertEquals(
                    4,
                    reader.readComposite(MosaicRequest.wholeImage()).pixels().width()
                            * reader.readComposite(MosaicRequest.wholeImage())
                                    .pixels()
                                    .height());
        }
    }

    @Test
    void coloursAreNotTintedWhite() throws CziException {
        byte[] bgr = {10, 20, 30};
        String white = "<Channel><Color>#FFFFFFFF</Color></Channel>";
        TestCzi file = new TestCzi().add(new TestCzi.Tile(0, 0, 1, 1, PixelType.BGR24, bgr));
        try (CziReader reader = file.xml(xml("", white)).open()) {
            assertArrayEquals(new int[] {30, 20, 10}, pixel(reader.readComposite(MosaicRequest.wholeImage()), 0, 0));
        }
    }

    @Test
    void aDamagedTileOfOneChannelLeavesTheOthers() throws CziException {
        TestCzi broken = twoChannels(100, 50);
        broken.add(new TestCzi.Tile(4, 0, 4, 3, PixelType.GRAY8, new byte[] {1, 2, 3})
                .at("C0")
                .compression(5));
        try (CziReader reader = broken.xml(xml(
                        "", "<Channel><Color>#FF0000</Color></Channel>" + "<Channel><Color>#00FF00</Color></Channel>"))
                .open()) {
            Composite picture = reader.readComposite(MosaicRequest.wholeImage());
            assertFalse(picture.isComplete());
            assertEquals(1, picture.channels().get(0).failures().size());
            assertEquals(0, picture.channels().get(1).failures().size());
            assertArrayEquals(new int[] {100, 50, 0}, pixel(picture, 0, 0));
            assertArrayEquals(new int[] {0, 0, 0}, pixel(picture, 5, 0));
        }
    }

    @Test
    void whatDoesNotFitTheMemoryLimitIsRefusedBeforeATileIsRead() throws CziException {
        byte[] bytes = new TestCzi()
                .add(TestCzi.gray8(0, 0, 4, 4, 1))
                .add(TestCzi.gray8(9_000, 9_000, 4, 4, 1))
                .bytes();
        try (CziReader reader = TestCzi.open(bytes, CziOptions.defaults().memoryLimit(200L << 20))) {
            assertEquals(9_004, reader.readMosaic(MosaicRequest.wholeImage()).width());
            CziException refusal =
                    assertThrows(CziException.class, () -> reader.readComposite(MosaicRequest.wholeImage()));
            assertEquals(CziException.Kind.LIMIT, refusal.kind());
            assertTrue(refusal.getMessage().contains("9004×9004"), refusal.getMessage());
        }
    }

    @Test
    void thePictureDoesNotDependOnWhoWorks() throws CziException {
        Random random = new Random(5);
        TestCzi file = new TestCzi();
        for (int c = 0; c < 3; c++) {
            byte[] noise = new byte[2 * 200 * 300];
            random.nextBytes(noise);
            file.add(new TestCzi.Tile(0, 0, 200, 300, PixelType.GRAY16, noise).at("C" + c));
        }
        try (CziReader reader = file.open()) {
            DisplaySettings settings = reader.displaySettings().each(display -> display.gamma(0.6));
            MosaicRequest request = MosaicRequest.wholeImage();
            byte[] alone = reader.readComposite(request.parallelism(Parallelism.sequential()), settings)
                    .bytes();
            for (int threads : new int[] {2, 5}) {
                assertArrayEquals(
                        alone,
                        reader.readComposite(request.parallelism(Parallelism.threads(threads)), settings)
                                .bytes());
            }
        }
    }

    private static String experiment(String... channels) {
        return "<ImageDocument><Metadata><Experiment><ExperimentBlocks><AcquisitionBlock><SubDimensionSetups>"
                + "<FocusSetup><MultiTrackSetup><Track><Channels><Channel IsActivated='true' Name='A'>"
                + "<PixelShiftX>77</PixelShiftX></Channel></Channels></Track></MultiTrackSetup></FocusSetup>"
                + "<RegionsSetup><MultiTrackSetup><Track><Channels>" + String.join("", channels)
                + "</Channels></Track></MultiTrackSetup></RegionsSetup></SubDimensionSetups></AcquisitionBlock>"
                + "</ExperimentBlocks></Experiment><Information><Image><Dimensions><Channels><Channel Name='A'/>"
                + "<Channel Name='B'/></Channels></Dimensions></Image></Information></Metadata></ImageDocument>";
    }

    private static String shifted(String name, boolean isActivated, String x, String y) {
        return "<Channel IsActivated='" + isActivated + "' Name='" + name + "'><PixelShiftX>" + x
                + "</PixelShiftX><PixelShiftY>" + y + "</PixelShiftY></Channel>";
    }

    @Test
    void channelsAreShiftedOnRequest() throws CziException {
        TestCzi file = new TestCzi()
                .add(TestCzi.gray8(0, 0, 8, 8, 0).at("C0"))
                .add(TestCzi.gray8(2, 3, 1, 1, 100).at("C0"))
                .add(TestCzi.gray8(0, 0, 8, 8, 0).at("C1"))
                .add(TestCzi.gray8(5, 1, 1, 1, 100).at("C1"))
                .xml(experiment(
                        shifted("C", true, "9", "9"),
                        shifted("B", false, "5", "5"),
                        shifted("B", true, "-3.4", "+1.6"),
                        shifted("A", true, "0", "0")));
        try (CziReader reader = file.open()) {
            assertEquals(Map.of(1, new PixelShift(-3.4, 1.6)), reader.pixelShifts());
            MosaicRequest second = MosaicRequest.wholeImage().channel(1);
            assertEquals(100, reader.readMosaic(second).bytes()[1 * 8 + 5], "not unasked");
            Mosaic moved = reader.readMosaic(second.pixelShift(true));
            assertEquals(100, moved.bytes()[3 * 8 + 2], "at 5 − 3 and 1 + 2, as in channel 0");
            assertEquals(0, moved.bytes()[1 * 8 + 5]);
            assertEquals(new Rect(0, 0, 8, 8), moved.region(), "the picture shows the same place");
            assertArrayEquals(
                    reader.readMosaic(MosaicRequest.wholeImage().channel(0)).bytes(),
                    reader.readMosaic(MosaicRequest.wholeImage().channel(0).pixelShift(true))
                            .bytes(),
                    "no shift of the first channel");
            Composite picture = reader.readComposite(MosaicRequest.wholeImage().pixelShift(true));
            int[] spot = pixel(picture, 2, 3);
            assertTrue(spot[0] > 0 && spot[1] > 0, "both channels");
            // A region, and at another scale.
            Mosaic part = reader.readMosaic(
                    MosaicRequest.region(2, 3, 1, 1).channel(1).pixelShift(true));
            assertArrayEquals(new byte[] {100}, part.bytes());
            assertThrows(
                    IllegalArgumentException.class,
                    () -> reader.readMosaic(MosaicRequest.region(Integer.MIN_VALUE, Integer.MIN_VALUE, 1, 1)
                            .channel(1)
                            .pixelShift(true)));
        }
    }

    @Test
    void shiftsWithoutNamesGoByPlaceIfTheirNumberIsRight() throws CziException {
        String[] unnamed = {shifted("x", true, "1", "0"), shifted("y", true, "0", "2")};
        try (CziReader reader = twoChannels(1, 2).xml(experiment(unnamed)).open()) {
            assertEquals(Map.of(0, new PixelShift(1, 0), 1, new PixelShift(0, 2)), reader.pixelShifts());
        }
        String[] three = {unnamed[0], unnamed[1], shifted("z", true, "0", "2")};
        try (CziReader reader = twoChannels(1, 2).xml(experiment(three)).open()) {
            assertEquals(Map.of(), reader.pixelShifts());
        }
        try (CziReader reader = twoChannels(1, 2)
                .xml(experiment(shifted("A", true, "1e300", "0"), shifted("B", true, "NaN", "many")))
                .open()) {
            assertEquals(Map.of(), reader.pixelShifts());
        }
    }

    @Test
    void displaySettingsOfTheCorpusAreFound() throws IOException {
        try (CziReader reader = CziReader.open(Corpus.require("real/CD_s_1_t_3_c_2_z_5.czi"))) {
            DisplaySettings settings = reader.displaySettings();
            assertEquals(List.of(0, 1), List.copyOf(settings.channels().keySet()));
            assertEquals("LED555", settings.channel(0).name().orElseThrow());
            assertEquals(0xFF7E00, settings.channel(0).colour());
            assertEquals(0.059830624856946672, settings.channel(0).white());
            assertEquals(0.8, settings.channel(1).gamma().orElseThrow(), 1e-12);
            assertEquals(Map.of(), reader.pixelShifts(), "all of them are 0");
        }
        // The channel is called 2 in the document, and has index 0 in the file.
        try (CziReader reader = CziReader.open(Corpus.require("real/mosaic_test.czi"))) {
            assertEquals("EGFP", reader.displaySettings().channel(0).name().orElseThrow());
        }
        try (CziReader reader = CziReader.open(Corpus.require("real/RGB-8bit.czi"))) {
            assertFalse(reader.displaySettings().channel(0).isTinted());
            assertArrayEquals(
                    reader.readMosaic(MosaicRequest.wholeImage()).bytes(),
                    reader.readComposite(MosaicRequest.wholeImage()).bytes(),
                    "nothing to do");
        }
    }
}
