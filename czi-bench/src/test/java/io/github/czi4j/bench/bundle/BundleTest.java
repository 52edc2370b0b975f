package io.github.czi4j.bench.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.czi4j.bench.ProfilerRun;
import io.github.czi4j.bench.report.Results;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.sample.SampleRecipe;
import io.github.czi4j.sample.SampleWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {
    @TempDir
    Path folder;

    private Path slide;
    private Path benchmark;
    private Path profile;
    private Path zip;

    @BeforeEach
    void makeInputs() throws IOException {
        slide = folder.resolve("Mustermann_4711.czi");
        SampleRecipe recipe = SampleRecipe.defaults()
                .grid(2, 2)
                .tile(64, 64, 10)
                .dimensions(1, 1, 1, 1)
                .pixels(PixelType.GRAY8, Compression.ZSTD1);
        SampleWriter.write(slide, recipe, 1, (done, total) -> {});
        JsonObject result = Results.named("benchmark-full");
        result.getAsJsonObject("file").addProperty("name", "/home/jane.doe/scans/Mustermann_4711.czi");
        benchmark = Files.writeString(
                folder.resolve("b <1>.json"), result.toString().replace("kidney_40x.czi", "Mustermann_4711.czi"));
        profile = Files.writeString(
                folder.resolve("p.json"),
                Results.named("profile-full").toString().replace("kidney_40x.czi", "kidney_40x_<HE>.czi"));
        zip = folder.resolve("bundle.zip");
    }

    private Map<String, String> entries() throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        try (ZipFile file = ZipFile.builder().setPath(zip).get()) {
            for (ZipArchiveEntry entry : Collections.list(file.getEntries())) {
                entries.put(
                        entry.getName(), new String(file.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
                assertEquals(1980, entry.getTimeLocal().getYear());
            }
        }
        return entries;
    }

    private ProfilerRun run(String... more) {
        List<String> all = new ArrayList<>(
                List.of("report-bundle", benchmark.toString(), profile.toString(), "--file=" + slide, "--out=" + zip));
        all.addAll(List.of(more));
        ProfilerRun run = ProfilerRun.of(all.toArray(String[]::new));
        assertEquals(0, run.status(), run.err());
        return run;
    }

    @Test
    void everythingButPixelsIsInIt() throws IOException {
        ProfilerRun run = run();
        Map<String, String> entries = entries();
        assertEquals(
                List.of(
                        "czi/directory.json",
                        "czi/metadata.xml",
                        "environment.json",
                        "results/b__1_.html",
                        "results/b__1_.json",
                        "results/p.html",
                        "results/p.json"),
                List.copyOf(entries.keySet()));
        assertEquals(
                JsonParser.parseString(Files.readString(profile)),
                JsonParser.parseString(entries.get("results/p.json")));
        assertTrue(entries.get("results/p.html").startsWith("<!DOCTYPE html>"));
        assertTrue(entries.get("czi/metadata.xml").contains("<ImageDocument>"));
        JsonObject directory =
                JsonParser.parseString(entries.get("czi/directory.json")).getAsJsonObject();
        assertEquals(4, directory.getAsJsonObject("subblocksByScale").get("1:1").getAsInt());
        for (String expected :
                List.of("May be private", "jane.doe", "/home/jane.doe/scans/Mustermann_4711.czi", "2026-11-26")) {
            assertTrue(run.err().contains(expected), run.err());
        }
        for (String entry : entries.keySet()) {
            assertTrue(run.out().contains(entry), run.out());
        }
    }

    @Test
    void twoBundlesOfTheSameAreTheSame() throws IOException {
        run();
        byte[] first = Files.readAllBytes(zip);
        run();
        assertArrayEquals(first, Files.readAllBytes(zip));
    }

    @Test
    void anonymousBundlesTellNoNames() throws IOException {
        ProfilerRun run = run("--anonymise");
        assertTrue(run.err().contains("Found and replaced"), run.err());
        Map<String, String> entries = entries();
        assertTrue(entries.containsKey("results/result-1.json"), entries.keySet()::toString);
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            for (String name : List.of("jane", "Mustermann", "kidney", "filer", "/data/lab", folder.toString())) {
                assertFalse(entry.getValue().contains(name), entry.getKey() + " holds " + name);
            }
        }
        // What matters for the ticket is still there, and one thing has one name.
        JsonObject result =
                JsonParser.parseString(entries.get("results/result-1.json")).getAsJsonObject();
        String name = result.getAsJsonObject("file").get("name").getAsString();
        assertTrue(name.matches("path-\\d+\\.czi"), name);
        assertEquals(
                "nfs4",
                result.getAsJsonObject("file")
                        .getAsJsonObject("storage")
                        .get("fileSystem")
                        .getAsString());
        assertEquals(
                Results.named("benchmark-full").get("configurations"), result.get("configurations"), "figures stay");
    }

    @Test
    void metadataLosesItsPeople() throws IOException {
        String xml =
                "<?xml version=\"1.0\"?><?app x?><ImageDocument><!-- by Jane --><User Name=\"n\"><UserName>Jane Doe"
                        + "</UserName><LoginName>C:\\Users\\jdoe</LoginName></User><Comment>stained by Jane Doe on 2024-05-06, "
                        + "see \\\\filer7\\share\\Jane's\\x.czi</Comment><SlideId>12</SlideId><SizeX>12</SizeX>"
                        + "<Barcode>AB-778812</Barcode><Title>AB-778812</Title><Mail>j@d.org</Mail></ImageDocument>";
        PrivateTraits traits = new PrivateTraits();
        XmlTexts texts = XmlTexts.parse(xml.getBytes(StandardCharsets.UTF_8));
        texts.scan(traits);
        texts.anonymise(traits);
        String anonymous = new String(texts.toBytes(), StandardCharsets.UTF_8);
        for (String name : List.of("Jane", "jdoe", "filer7", "AB-778812", "j@d.org", "app x")) {
            assertFalse(anonymous.contains(name), name + " in " + anonymous);
        }
        assertTrue(anonymous.contains("<SizeX>12</SizeX>"), "a number is no name elsewhere: " + anonymous);
        assertFalse(anonymous.contains("<SlideId>12"), anonymous);
        assertTrue(anonymous.contains("2024-05-06"), "dates stay");
        assertTrue(traits.found().get(PrivateTraits.Kind.DATE).contains("2024-05-06"));
    }

    @Test
    void hostileMetadataIsRefused() {
        String xxe = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>";
        for (String xml : List.of(xxe, "<a>", "")) {
            assertThrows(IOException.class, () -> XmlTexts.parse(xml.getBytes(StandardCharsets.UTF_8)), xml);
        }
    }

    @Test
    void endlessPathsAndNamesAreBounded() {
        PrivateTraits traits = new PrivateTraits();
        traits.scan("", "/a".repeat(200_000));
        traits.scan("", "C:" + "\\a".repeat(200_000));
        traits.scan("", "a.".repeat(100_000) + "@" + "b.".repeat(100_000));
        assertFalse(traits.isOverfull());
        Bundle bundle = new Bundle();
        JsonObject result = new JsonObject();
        for (int i = 0; i < 2000; i++) {
            result.addProperty("p" + i, "/home/u" + i + "/x");
        }
        bundle.addResult(Path.of("r.json"), result);
        IOException e = assertThrows(IOException.class, () -> bundle.write(zip, true));
        assertTrue(e.getMessage().contains("too many names"), e.getMessage());
        assertFalse(Files.exists(zip));
        assertDoesNotThrow(() -> bundle.write(zip, false));
    }

    @Test
    void namesOfEntriesAreTame() {
        assertEquals("etc_passwd", Bundle.sanitised("../etc/passwd"));
        assertEquals("result", Bundle.sanitised("..."));
        assertEquals("a_b", Bundle.sanitised("a\u0000b"));
        assertEquals(80, Bundle.sanitised("x".repeat(500)).length());
        Bundle bundle = new Bundle();
        JsonObject empty = new JsonObject();
        bundle.addResult(Path.of("R.json"), empty);
        bundle.addResult(Path.of("x/r.json"), empty);
        Path target = folder.resolve("two.zip");
        List<String> names = assertDoesNotThrow(() -> bundle.write(target, false));
        assertTrue(names.contains("results/R.json") && names.contains("results/r-2.json"), names::toString);
    }

    @Test
    void whatCannotBeReadIsSaid() {
        ProfilerRun none =
                ProfilerRun.of("report-bundle", folder.resolve("no.json").toString(), "--out=" + zip);
        assertEquals(2, none.status());
        assertTrue(none.err().contains("no.json: no such file"), none.err());
        assertFalse(Files.exists(zip));
        ProfilerRun czi = ProfilerRun.of("report-bundle", slide.toString(), "--out=" + zip);
        assertEquals(2, czi.status());
        assertTrue(czi.err().contains("expected JSON"), czi.err());
    }
}
