package io.github.czi4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Parallelism;
import io.github.czi4j.model.PixelAllocator;
import io.github.czi4j.model.Pixels;
import io.github.czi4j.model.PyramidGaps;
import io.github.czi4j.model.Rect;
import io.github.czi4j.model.SubblockInfo;
import io.github.czi4j.testing.Corpus;
import io.github.czi4j.testing.Digests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds what is read from real and made files against what libCZI makes of them. */
class CorpusDigestTest {
    /** Where the project differs on purpose (docs/differences.md), by file and subblock. */
    private static final Set<String> DIFFERENT_ON_PURPOSE =
            Set.of("types_other.czi 1", "mismatch_jxrll.czi 34", "corrupt_payload.czi 14");

    /** Mosaics that show the order of equal pyramid tiles, which libCZI's unstable sort leaves to chance (sheet §7.9). */
    private static final Set<String> ORDER_BY_CHANCE = Set.of("made/pyr_gray8_f3 -30,17,288,168 0.25");

    /** Its masks stand behind another chunk, where libCZI does not find them (sheet §3.4, docs/differences.md). */
    private static final String MASK_BEHIND_ANOTHER_CHUNK = "made/scenes_overlap_pyr_mask";

    static Stream<String> files() {
        return Corpus.dir().stream().flatMap(dir -> Stream.of("real", "made").flatMap(folder -> names(dir, folder)));
    }

    private static Stream<String> names(Path dir, String folder) {
        try (Stream<Path> files = Files.list(dir.resolve("expected").resolve(folder))) {
            return files
                    .map(file -> folder + "/" + file.getFileName().toString().replace(".json", ""))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonObject expected(String file) throws IOException {
        Path json = Corpus.require("expected/" + file + ".json");
        return JsonParser.parseString(Files.readString(json, StandardCharsets.ISO_8859_1))
                .getAsJsonObject();
    }

    private static CziReader open(String file) throws IOException {
        return CziReader.open(Corpus.require(file + ".czi"));
    }

    private static boolean isOpenable(JsonObject expected) {
        return !expected.has("openError") && !expected.has("crash");
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("files")
    void subblocksMetadataAndAttachmentsAreThoseOfLibCzi(String file) throws IOException {
        JsonObject expected = expected(file);
        Assumptions.assumeTrue(isOpenable(expected), "libCZI does not open " + file);
        try (CziReader reader = open(file)) {
            JsonArray subblocks = expected.getAsJsonArray("subBlocks");
            assertEquals(subblocks.size(), reader.subblockCount());
            for (JsonElement element : subblocks) {
                compare(reader, element.getAsJsonObject());
            }
            JsonElement metadata = expected.get("metadata");
            if (metadata != null
                    && metadata.isJsonObject()
                    && metadata.getAsJsonObject().has("xmlMd5")) {
                assertEquals(
                        metadata.getAsJsonObject().get("xmlMd5").getAsString(), Digests.md5(reader.metadataXmlBytes()));
            }
            JsonArray attachments = expected.getAsJsonArray("attachments");
            List<Attachment> found = reader.attachments();
            assertEquals(attachments.size(), found.size());
            for (int i = 0; i < found.size(); i++) {
                JsonObject attachment = attachments.get(i).getAsJsonObject();
                String name = new String(found.get(i).storedName(), StandardCharsets.ISO_8859_1);
                assertEquals(attachment.get("name").getAsString(), name);
                if (attachment.has("md5")) {
                    assertEquals(
                            attachment.get("size").getAsLong(), found.get(i).size());
                    assertEquals(
                            attachment.get("md5").getAsString(),
                            Digests.md5(found.get(i).read()));
                }
            }
        }
    }

    private static void compare(CziReader reader, JsonObject expected) throws CziException {
        int index = expected.get("index").getAsInt();
        String what = reader.fileInfo().name() + ", subblock " + index;
        if (expected.has("readError") || expected.has("readCrash")) {
            return;
        }
        Subblock subblock = reader.subblock(index);
        SubblockInfo info = subblock.info();
        assertEquals(expected.get("coord").getAsString(), info.coordinate().toString(), what);
        assertEquals(expected.has("m"), info.mIndex().isPresent(), what);
        if (expected.has("m")) {
            assertEquals(expected.get("m").getAsInt(), info.mIndex().getAsInt(), what);
        }
        assertEquals(rect(expected.getAsJsonArray("logical")), info.logical(), what);
        assertEquals(expected.get("pixelTypeRaw").getAsInt(), info.pixelTypeCode(), what);
        assertEquals(expected.get("compressionRaw").getAsInt(), info.compressionCode(), what);
        if (!expected.has("bitmap") || isDifferentOnPurpose(reader, index)) {
            return;
        }
        Subblock.Bitmap bitmap = subblock.read();
        String md5 = expected.getAsJsonObject("bitmap").get("md5").getAsString();
        assertEquals(md5, Digests.md5(bitmap.pixels()), what);
        if (expected.has("bitmapStrictError")) {
            assertFalse(bitmap.warnings().isEmpty(), what + " is odd, and no warning says so");
        }
    }

    private static boolean isDifferentOnPurpose(CziReader reader, int index) {
        String name = Path.of(reader.fileInfo().name()).getFileName().toString();
        return DIFFERENT_ON_PURPOSE.contains(name + " " + index);
    }

    private static Rect rect(JsonArray numbers) {
        return new Rect(
                numbers.get(0).getAsInt(),
                numbers.get(1).getAsInt(),
                numbers.get(2).getAsInt(),
                numbers.get(3).getAsInt());
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("files")
    void mosaicsAreThoseOfLibCziWhateverTheStrategy(String file) throws IOException {
        JsonObject expected = expected(file);
        Assumptions.assumeTrue(isOpenable(expected), "libCZI does not open " + file);
        Executor executor = Executors.newFixedThreadPool(2, task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        });
        List<Parallelism> strategies = List.of(
                Parallelism.sequential(),
                Parallelism.threads(2).batch(1),
                Parallelism.threads(4).batch(3),
                Parallelism.threads(8),
                Parallelism.on(executor));
        PixelAllocator destination = dirty(PixelAllocator.reusing());
        try (CziReader reader = open(file)) {
            for (JsonElement element : expected.getAsJsonArray("composites")) {
                JsonObject composite = element.getAsJsonObject();
                if (isComparable(file, composite)) {
                    String first = null;
                    for (Parallelism strategy : strategies) {
                        Mosaic mosaic = reader.readMosaic(request(composite).parallelism(strategy));
                        assertTrue(mosaic.failures().isEmpty(), () -> file + ": " + mosaic.failures());
                        String md5 = Digests.md5(mosaic.pixels());
                        first = first == null ? md5 : first;
                        assertEquals(first, md5, file + " differs with " + strategy + ": " + composite);
                    }
                    Mosaic again = reader.readMosaic(request(composite), destination);
                    assertEquals(first, Digests.md5(again.pixels()), file + " differs in a used array: " + composite);
                    if (!composite.has("overlappingTies") && !ORDER_BY_CHANCE.contains(key(file, composite))) {
                        assertEquals(composite.get("md5").getAsString(), first, file + ": " + composite);
                    }
                }
            }
        }
    }

    /** Leaves rubbish in the bitmaps of another allocator. */
    private static PixelAllocator dirty(PixelAllocator allocator) {
        return (width, height, type) -> {
            Pixels pixels = allocator.allocate(width, height, type);
            byte[] rubbish = new byte[(int) pixels.byteCount()];
            Arrays.fill(rubbish, (byte) 0xA5);
            pixels.fillRows(0, height, ByteBuffer.wrap(rubbish));
            return pixels;
        };
    }

    private static boolean isComparable(String file, JsonObject composite) {
        boolean isMaskOfSceneOne = file.equals(MASK_BEHIND_ANOTHER_CHUNK)
                && isMaskAware(composite)
                && !composite.get("scene").isJsonNull()
                && composite.get("scene").getAsInt() == 1;
        return composite.has("md5") && !composite.get("accessor").getAsString().equals("tile") && !isMaskOfSceneOne;
    }

    private static boolean isMaskAware(JsonObject composite) {
        return composite.has("maskAware") && composite.get("maskAware").getAsBoolean();
    }

    private static String key(String file, JsonObject composite) {
        return file + " " + rect(composite.getAsJsonArray("roi")) + " "
                + (composite.has("zoom") ? composite.get("zoom").getAsString() : "layer " + composite.get("layer"));
    }

    private static MosaicRequest request(JsonObject composite) {
        MosaicRequest request = MosaicRequest.region(rect(composite.getAsJsonArray("roi")))
                .plane(composite.get("plane").getAsString())
                .maskAware(isMaskAware(composite))
                .pyramidGaps(PyramidGaps.LEAVE);
        request = composite.has("zoom")
                ? request.zoom(composite.get("zoom").getAsDouble())
                : request.pyramidLayer(
                        composite.get("minificationFactor").getAsInt(),
                        composite.get("layer").getAsInt());
        JsonElement scene = composite.get("scene");
        return scene == null || scene.isJsonNull() ? request : request.scene(scene.getAsInt());
    }

    /** What fills gaps lies below what libCZI chooses: only pixels that it leaves to the background may differ. */
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("files")
    void fillingTheGapsOfAPyramidChangesNoPixelThatIsThere(String file) throws IOException {
        JsonObject expected = expected(file);
        Assumptions.assumeTrue(isOpenable(expected), "libCZI does not open " + file);
        try (CziReader reader = open(file)) {
            for (JsonElement element : expected.getAsJsonArray("composites")) {
                JsonObject composite = element.getAsJsonObject();
                if (isComparable(file, composite)) {
                    MosaicRequest request = request(composite);
                    Mosaic left = reader.readMosaic(request);
                    Mosaic filled = reader.readMosaic(request.pyramidGaps(PyramidGaps.FILL_ANY));
                    String what = file + ": " + composite;
                    if (left.pyramidGaps().isEmpty()) {
                        assertEquals(Digests.md5(left.pixels()), Digests.md5(filled.pixels()), what);
                    }
                    assertTrue(filled.pyramidGaps().isEmpty(), what);
                    assertOnlyBackgroundDiffers(left.pixels(), filled.pixels(), what);
                }
            }
        }
    }

    private static void assertOnlyBackgroundDiffers(Pixels left, Pixels filled, String what) {
        ByteBuffer ofLeft = ByteBuffer.allocate((int) left.byteCount());
        ByteBuffer ofFilled = ByteBuffer.allocate((int) left.byteCount());
        left.copyRows(0, left.height(), ofLeft);
        filled.copyRows(0, left.height(), ofFilled);
        for (int i = 0; i < ofLeft.capacity(); i++) {
            if (ofLeft.get(i) != 0) {
                assertEquals(ofLeft.get(i), ofFilled.get(i), what);
            }
        }
    }
}
