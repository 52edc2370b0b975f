package io.github.czi4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.model.CziException;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metadata of a size that only a broken or hostile writer gives. The files have holes and take no space. */
class HugeMetadataTest {
    private static final String XML = "<ImageDocument><Metadata><Information><Document><Title>t</Title></Document>"
            + "</Information></Metadata></ImageDocument>";
    private static final int METADATA_POSITION = 92;
    private static final int XML_OFFSET = 288;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void writeTile() throws IOException {
        file = folder.resolve("huge.czi");
        try (CziWriter writer = CziWriter.create(file)) {
            writer.add(NewSubblock.of(new Rect(0, 0, 2, 2), PixelType.GRAY8), new byte[] {1, 2, 3, 4});
            writer.finish();
        }
    }

    /** A metadata segment at the end whose XML is followed by zeros up to a size. */
    private void appendXml(int size) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            long position = (out.length() + 31) / 32 * 32;
            ByteBuffer head = ByteBuffer.allocate(XML_OFFSET).order(ByteOrder.LITTLE_ENDIAN);
            head.put("ZISRAWMETADATA".getBytes(StandardCharsets.US_ASCII));
            long used = 256L + size;
            head.putLong(16, (used + 31) / 32 * 32).putLong(24, used).putInt(32, size);
            out.seek(position);
            out.write(head.array());
            out.write(XML.getBytes(StandardCharsets.UTF_8));
            out.setLength(position + 32 + (used + 31) / 32 * 32);
            out.seek(METADATA_POSITION);
            out.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(0, position)
                    .array());
        }
    }

    @Test
    void aGigabyteIsRefusedAndThePixelsAreThere() throws IOException {
        appendXml(1 << 30);
        try (CziReader reader = CziReader.open(file)) {
            CziException typed = assertThrows(CziException.class, reader::metadata);
            assertEquals(CziException.Kind.LIMIT, typed.kind());
            assertTrue(typed.getMessage().contains("1073741824 bytes"), typed.getMessage());
            assertEquals(
                    CziException.Kind.LIMIT,
                    assertThrows(CziException.class, reader::metadataXmlBytes).kind());
            assertEquals(3, reader.readMosaic(MosaicRequest.wholeImage()).bytes()[2]);
            assertTrue(reader.omeXml().contains("SizeX=\"2\""));
            assertEquals(0, reader.scenes().size());
        }
    }

    @Test
    void theTypedModelNeedsNoCopyOfTheXml() throws IOException {
        appendXml(64 << 20);
        try (CziReader reader = CziReader.open(file, CziOptions.defaults().memoryLimit(32 << 20))) {
            assertEquals(Optional.of("t"), reader.metadata().title());
            assertEquals(List.of(), reader.metadata().problems());
            assertEquals(
                    CziException.Kind.LIMIT,
                    assertThrows(CziException.class, reader::metadataXml).kind());
            assertEquals(
                    CziException.Kind.LIMIT,
                    assertThrows(CziException.class, reader::metadataXmlBytes).kind());
        }
    }

    @Test
    void aSizeBeyondTheFileIsDamage() throws IOException {
        appendXml(1000);
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(out.length() - 500);
        }
        try (CziReader reader = CziReader.open(file)) {
            assertEquals(
                    CziException.Kind.CORRUPT,
                    assertThrows(CziException.class, reader::metadata).kind());
            assertEquals(3, reader.readMosaic(MosaicRequest.wholeImage()).bytes()[2]);
        }
    }
}
