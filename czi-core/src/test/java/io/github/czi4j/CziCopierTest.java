package io.github.czi4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.airlift.compress.zstd.ZstdCompressor;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.testing.Corpus;
import io.github.czi4j.testing.Digests;
import io.github.czi4j.testing.TestCzi;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

class CziCopierTest {
    private static final CziCopier.Progress SILENT = (done, total) -> {};

    @TempDir
    private Path folder;

    private static TestCzi file() {
        byte[] wide = new byte[30 * 20 * 2];
        new SplittableRandom(7).nextBytes(wide);
        return new TestCzi()
                .xml("<ImageDocument><Metadata/></ImageDocument>")
                .add(TestCzi.gray8(-5, 3, 20, 10, 77).at("C0Z2").m(4).metadata("<METADATA><Tags/></METADATA>"))
                .add(new TestCzi.Tile(0, 0, 30, 20, PixelType.GRAY16, wide)
                        .at("C1Z2")
                        .m(0)
                        .attachment("a mask".getBytes(StandardCharsets.US_ASCII)))
                .add(TestCzi.gray8(0, 0, 10, 5, 9).at("C0Z2").logical(40, 20))
                .attachment("Label", "CZI", new byte[] {1, 2, 3})
                .attachment("TimeStamps", "CZTIMS", new byte[] {4, 5});
    }

    /** Everything that a file says of its subblocks, and their pixels. */
    private static List<String> contents(CziReader reader, boolean withPayload) throws CziException {
        List<String> contents = new ArrayList<>();
        for (Subblock subblock : reader.subblocks()) {
            Subblock.Bitmap bitmap = subblock.read();
            ByteBuffer pixels =
                    ByteBuffer.allocate((int) bitmap.pixels().byteCount()).order(ByteOrder.LITTLE_ENDIAN);
            bitmap.pixels().copyRows(0, bitmap.pixels().height(), pixels);
            contents.add(subblock.info().coordinate() + " " + subblock.info().mIndex() + " "
                    + subblock.info().logical() + " " + subblock.info().storedWidth() + "×"
                    + subblock.info().storedHeight() + " " + subblock.info().pyramidType() + " "
                    + subblock.info().pixelType() + " " + Digests.md5(pixels.array()) + " "
                    + Digests.md5(subblock.attachment()) + " " + subblock.metadataXml()
                    + (withPayload ? Digests.md5(subblock.rawData()) : ""));
        }
        return contents;
    }

    @Test
    void aCopyHoldsAllThatTheFileHolds() throws IOException {
        Path target = folder.resolve("copy.czi");
        try (CziReader reader = file().open()) {
            List<Long> told = new ArrayList<>();
            CziCopier.Report report = CziCopier.of(reader).writeTo(target, (done, total) -> {
                told.add(done);
                assertEquals(6, total);
            });
            assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L), told);
            assertEquals(3, report.subblocks());
            assertEquals(0, report.recompressed());
            assertEquals(2, report.attachments());
            try (CziReader copy = CziReader.open(target)) {
                assertEquals(contents(reader, true), contents(copy, true));
                assertEquals(reader.metadataXml(), copy.metadataXml());
                assertEquals("Label", copy.attachments().get(0).name());
                assertArrayEquals(new byte[] {4, 5}, copy.attachments().get(1).read());
                assertEquals(
                        reader.attachments().get(0).contentGuid(),
                        copy.attachments().get(0).contentGuid());
                assertEquals("a mask", new String(copy.subblock(1).attachment(), StandardCharsets.US_ASCII));
                assertEquals(List.of(), copy.problems());
            }
        }
    }

    @Test
    void anotherCompressionKeepsEveryPixel() throws IOException {
        for (Compression compression : List.of(Compression.ZSTD1, Compression.ZSTD0, Compression.UNCOMPRESSED)) {
            Path target = folder.resolve(compression + ".czi");
            try (CziReader reader = file().open()) {
                CziCopier.Report report =
                        CziCopier.of(reader).compress(compression).threads(3).writeTo(target, SILENT);
                assertEquals(compression == Compression.UNCOMPRESSED ? 0 : 3, report.recompressed());
                try (CziReader copy = CziReader.open(target)) {
                    assertEquals(contents(reader, false), contents(copy, false));
                    assertEquals(compression, copy.subblockInfo(1).compression());
                }
            }
        }
        try (CziReader reader = file().open()) {
            CziCopier copier = CziCopier.of(reader);
            assertThrows(IllegalArgumentException.class, () -> copier.compress(Compression.JPEG_XR));
            assertThrows(IllegalArgumentException.class, () -> copier.threads(0));
        }
    }

    @Test
    void unwantedAttachmentsStayBehind() throws IOException {
        Path target = folder.resolve("stripped.czi");
        try (CziReader reader = file().open()) {
            CziCopier.Report report = CziCopier.of(reader)
                    .attachments(attachment -> !attachment.name().equals("Label"))
                    .writeTo(target, SILENT);
            assertEquals(List.of("Label"), report.leftOut());
            try (CziReader copy = CziReader.open(target)) {
                assertEquals(1, copy.attachments().size());
                assertEquals(contents(reader, true), contents(copy, true));
            }
        }
    }

    @Test
    void damageEndsACopyOrIsReported() throws IOException {
        byte[] bytes = file().bytes();
        // The second subblock announces more metadata than there is of the file.
        int second = TestCzi.HEADER + 32 + 256 + 28 + 200 + 28;
        second = second / 32 * 32;
        while (bytes[second] != 'Z') {
            second += 32;
        }
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(second + 32, 1 << 30);
        Path target = folder.resolve("copy.czi");
        Files.writeString(target, "what was there before");
        try (CziReader reader = TestCzi.open(bytes, CziOptions.defaults())) {
            CziException e =
                    assertThrows(CziException.class, () -> CziCopier.of(reader).writeTo(target, SILENT));
            assertTrue(e.getMessage().contains("test.czi"), e.getMessage());
            assertEquals("what was there before", Files.readString(target));
            CziCopier.Report report = CziCopier.of(reader).skipDamaged(true).writeTo(target, SILENT);
            assertEquals(2, report.subblocks());
            assertEquals(1, report.losses().size());
            assertTrue(
                    report.losses().get(0).what().contains("subblock 1 (Z2C1 M0"),
                    report.losses().toString());
            try (CziReader copy = CziReader.open(target)) {
                assertEquals(2, copy.subblockCount());
                assertEquals(77, copy.subblock(0).read().pixels().bytes()[0]);
            }
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(1, left.count(), "no temporary file stays");
        }
    }

    @Test
    void filesOfTheCorpusAreCopiedWhole() throws IOException {
        Path real = Corpus.require("real/WellD6_S1.czi").getParent();
        int copied = 0;
        try (Stream<Path> files = Files.list(real)) {
            for (Path path :
                    files.filter(p -> p.toString().endsWith(".czi")).sorted().toList()) {
                if (Files.size(path) > 8 << 20) {
                    continue;
                }
                Path target = folder.resolve(path.getFileName());
                try (CziReader reader = CziReader.open(path)) {
                    CziCopier.of(reader).writeTo(target, SILENT);
                    try (CziReader copy = CziReader.open(target)) {
                        assertEquals(contents(reader, true), contents(copy, true), path.toString());
                        assertArrayEquals(reader.metadataXmlBytes(), copy.metadataXmlBytes(), path.toString());
                        assertEquals(
                                reader.attachments().size(), copy.attachments().size());
                        copied++;
                    }
                }
            }
        }
        assertTrue(copied > 5, copied + " files");
    }

    /** Writes copies over and over, until somebody ends it. */
    static final class EndlessCopies {
        private EndlessCopies() {}

        /** Arguments: source, target. */
        public static void main(String[] arguments) throws IOException {
            try (CziReader reader = CziReader.open(Path.of(arguments[0]))) {
                System.out.println("ready");
                while (true) {
                    CziCopier.of(reader).compress(Compression.ZSTD1).writeTo(Path.of(arguments[1]), SILENT);
                }
            }
        }
    }

    @Test
    @Timeout(180)
    void killedAtAnyPointTheNameStandsForAWholeFileOrNone() throws Exception {
        TestCzi many = new TestCzi();
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 40; i++) {
            byte[] pixels = new byte[64 * 64];
            random.nextBytes(pixels);
            many.add(new TestCzi.Tile(64 * i, 0, 64, 64, PixelType.GRAY8, pixels).m(i));
        }
        Path source = Files.write(folder.resolve("source.czi"), many.bytes());
        int whole = 0;
        for (int i = 0; i < 50; i++) {
            Path target = folder.resolve("target" + i + ".czi");
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            classPath(),
                            EndlessCopies.class.getName(),
                            source.toString(),
                            target.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertEquals('r', process.getInputStream().read(), "the process is ready");
            Thread.sleep(random.nextInt(600));
            assertTrue(process.isAlive(), "it copies until it is killed");
            process.destroyForcibly();
            assertTrue(process.waitFor(20, TimeUnit.SECONDS));
            if (Files.exists(target)) {
                try (CziReader original = CziReader.open(source);
                        CziReader copy = CziReader.open(target)) {
                    assertEquals(contents(original, false), contents(copy, false), "kill " + i);
                }
                whole++;
            }
        }
        assertTrue(whole > 0, "some copies were finished before the end");
        assertFalse(whole == 50, "some were not");
    }

    private static String classPath() {
        return Stream.of(CziReader.class, CziCopierTest.class, Logger.class, ZstdCompressor.class)
                .map(type ->
                        type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .distinct()
                .reduce((a, b) -> a + File.pathSeparator + b)
                .orElseThrow();
    }
}
