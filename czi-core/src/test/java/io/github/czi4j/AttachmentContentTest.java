package io.github.czi4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.attachment.AttachmentContent;
import io.github.czi4j.attachment.AttachmentContent.EventKind;
import io.github.czi4j.attachment.ContentParser;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.testing.Corpus;
import io.github.czi4j.testing.TestCzi;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Payloads laid out by hand from sheet §6.3. */
class AttachmentContentTest {
    private static ByteBuffer little(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] times(int size, int count, double... values) {
        ByteBuffer bytes = little(8 + 8 * values.length).putInt(size).putInt(count);
        for (double value : values) {
            bytes.putDouble(value);
        }
        return bytes.array();
    }

    private static Attachment attachment(String type, byte[] payload) throws CziException {
        return new TestCzi()
                .attachment("Part", type, payload)
                .open()
                .attachments()
                .get(0);
    }

    @Test
    void timesAreSecondsWhateverTheSizeSays() throws CziException {
        // Some producers' size is four too small.
        AttachmentContent.TimeStamps stamps = assertInstanceOf(
                AttachmentContent.TimeStamps.class,
                attachment("CZTIMS", times(28, 3, 0.5, 1.75, 3)).content());
        assertArrayEquals(new double[] {0.5, 1.75, 3}, stamps.seconds());
        AttachmentContent.FocusPositions focus = assertInstanceOf(
                AttachmentContent.FocusPositions.class,
                ContentParser.parse("CZFOC", times(0, Integer.MAX_VALUE, -2.5)));
        assertArrayEquals(new double[] {-2.5}, focus.micrometres());
        assertEquals(0, ((AttachmentContent.TimeStamps) ContentParser.parse("CZTIMS", new byte[3])).seconds().length);
    }

    @Test
    void eventsHaveTimeKindAndWords() {
        byte[] words = "IncubationRecording\0".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer bytes = little(8 + 20 + words.length + 20);
        bytes.putInt(bytes.capacity()).putInt(2);
        bytes.putInt(20 + words.length)
                .putDouble(12.5)
                .putInt(2)
                .putInt(words.length)
                .put(words);
        bytes.putInt(20).putDouble(13).putInt(77).putInt(0);
        AttachmentContent.EventList list =
                assertInstanceOf(AttachmentContent.EventList.class, ContentParser.parse("CZEVL", bytes.array()));
        assertEquals(2, list.events().size());
        assertEquals(
                new AttachmentContent.Event(12.5, EventKind.BLEACH_START, "IncubationRecording"),
                list.events().get(0));
        assertEquals(EventKind.OTHER, list.events().get(1).kind());
    }

    @Test
    void lookupTablesHaveCurves() {
        ByteBuffer bytes = little(8 + 4 + 80 + 4 + 12 + 6 + 12 + 2);
        bytes.putInt(bytes.capacity()).putInt(1);
        bytes.putInt(bytes.capacity() - 12);
        bytes.put("LsmDetectorPalette_0_0".getBytes(StandardCharsets.US_ASCII)).position(12 + 80);
        bytes.putInt(2);
        bytes.putInt(14)
                .putInt(0)
                .putInt(3)
                .putShort((short) 1)
                .putShort((short) 255)
                .putShort((short) 65535);
        bytes.putInt(10).putInt(-1).putInt(1).putShort((short) 7);
        AttachmentContent.LookupTables tables =
                assertInstanceOf(AttachmentContent.LookupTables.class, ContentParser.parse("CZLUT", bytes.array()));
        AttachmentContent.LookupTable table = tables.tables().get(0);
        assertEquals("LsmDetectorPalette_0_0", table.identifier());
        assertArrayEquals(new int[] {1, 255, 65535}, table.components().get(0).values());
        assertEquals(-1, table.components().get(1).colour());
    }

    @Test
    void picturesAreDecoded() throws IOException {
        BufferedImage image = new BufferedImage(24, 16, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(0, 0, 0, 255);
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", jpeg);
        Attachment thumbnail = attachment("JPG", jpeg.toByteArray());
        assertInstanceOf(AttachmentContent.Picture.class, thumbnail.content());
        Pixels pixels = thumbnail.picture().orElseThrow();
        assertEquals(24, pixels.width());
        assertEquals(PixelType.GRAY8, pixels.type());
        assertTrue((pixels.bytes()[0] & 0xFF) > 150, "white in the corner");
    }

    @Test
    void aLabelIsAnEmbeddedFileAndAPicture() throws CziException {
        byte[] inner = new TestCzi()
                .add(TestCzi.gray8(0, 0, 20, 10, 99))
                .attachment("Inner", "CZI", new TestCzi().bytes())
                .bytes();
        Attachment label = attachment("CZI", inner);
        assertInstanceOf(AttachmentContent.EmbeddedFile.class, label.content());
        assertEquals(99, label.picture().orElseThrow().bytes()[7]);
        try (CziReader embedded = label.open()) {
            assertEquals(1, embedded.subblockCount());
            Attachment deeper = embedded.attachments().get(0);
            CziException e = assertThrows(CziException.class, deeper::open);
            assertEquals(CziException.Kind.UNSUPPORTED, e.kind());
        }
        assertThrows(CziException.class, () -> attachment("CZI", new byte[100]).open());
        assertTrue(attachment("CZTIMS", new byte[8]).picture().isEmpty());
    }

    @Test
    void archivesAreListed() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("a/b.xml"));
            zip.write(new byte[1234]);
            zip.putNextEntry(new ZipEntry("c"));
        }
        AttachmentContent.Archive archive =
                assertInstanceOf(AttachmentContent.Archive.class, ContentParser.parse("ZIP", bytes.toByteArray()));
        assertEquals(
                new AttachmentContent.ArchiveEntry("a/b.xml", 1234),
                archive.entries().get(0));
        assertEquals(2, archive.entries().size());
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[77]);
        }
        assertEquals(
                77,
                ((AttachmentContent.Archive) ContentParser.parse("Zip-Comp", packed.toByteArray()))
                        .entries()
                        .get(0)
                        .size());
    }

    @Test
    void textAndBytesAreToldApart() {
        byte[] xml = "<FiberMatrix/>\0\0".getBytes(StandardCharsets.UTF_8);
        assertEquals(new AttachmentContent.Text("<FiberMatrix/>"), ContentParser.parse("CZFBMX", xml));
        assertInstanceOf(AttachmentContent.Binary.class, ContentParser.parse("CZPML", new byte[] {1, 2, 3}));
        assertInstanceOf(AttachmentContent.Binary.class, ContentParser.parse("", new byte[0]));
    }

    @Test
    void anyBytesGiveSomething() {
        String[] types = {"CZTIMS", "CZFOC", "CZEVL", "CZLUT", "ZIP", "CZFBMX", "", "CZI"};
        for (long seed = 0; seed < 20_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] payload = new byte[random.nextInt(300)];
            random.nextBytes(payload);
            if (payload.length > 8 && random.nextBoolean()) {
                ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).putInt(4, random.nextInt(5));
            }
            if (payload.length > 30 && random.nextInt(4) == 0) {
                payload[0] = 'P';
                payload[1] = 'K';
                payload[2] = 3;
                payload[3] = 4;
            }
            assertTrue(ContentParser.parse(types[random.nextInt(types.length)], payload) != null);
        }
    }

    /** Every attachment of the real files is of a kind that its type promises. */
    @Test
    void attachmentsOfTheCorpusAreTyped() throws IOException {
        Path real = Corpus.require("real/WellD6_S1.czi").getParent();
        Map<String, Integer> kinds = new TreeMap<>();
        try (Stream<Path> files = Files.list(real)) {
            for (Path path :
                    files.filter(p -> p.toString().endsWith(".czi")).sorted().toList()) {
                try (CziReader reader = CziReader.open(path)) {
                    for (Attachment attachment : reader.attachments()) {
                        AttachmentContent content = attachment.content();
                        kinds.merge(
                                attachment.contentFileType() + "="
                                        + content.getClass().getSimpleName(),
                                1,
                                Integer::sum);
                        if (content instanceof AttachmentContent.EmbeddedFile) {
                            assertTrue(attachment.picture().isPresent(), path + " " + attachment.name());
                        }
                    }
                }
            }
        }
        assertTrue(kinds.getOrDefault("JPG=Picture", 0) > 3, kinds.toString());
        assertTrue(kinds.getOrDefault("CZTIMS=TimeStamps", 0) > 3, kinds.toString());
        assertTrue(
                kinds.keySet().stream().noneMatch(kind -> kind.startsWith("JPG=") && !kind.endsWith("Picture")),
                kinds.toString());
    }
}
