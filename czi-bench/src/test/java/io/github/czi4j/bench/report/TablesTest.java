package io.github.czi4j.bench.report;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TablesTest {
    @Test
    void csvHasARowForEachConfiguration() throws IOException {
        String[] lines = CsvReport.table(Results.named("benchmark-full")).split("\r\n");
        assertEquals(1 + 14, lines.length);
        assertTrue(
                lines[0].startsWith("name,strategy,threads,batch_size,io,order,page_cache,median_seconds,"), lines[0]);
        assertTrue(lines[1].startsWith("8 threads × 10,threads,8,10,mapped,file,warm,0.1725"), lines[1]);
        assertTrue(lines[4].startsWith("\"8 threads × 10, channel\",threads,8,10,channel,"), lines[4]);
        for (String line : lines) {
            assertEquals(23, line.replaceAll("\"[^\"]*\"", "").split(",", -1).length, line);
        }
    }

    @Test
    void csvHasARowForEachTile() throws IOException {
        String[] lines = CsvReport.table(Results.named("profile-full")).split("\r\n");
        assertEquals(145, lines.length);
        assertEquals(
                "index,x,y,width,height,compression,stored_bytes,worker,start_seconds,read_seconds,decode_seconds,"
                        + "place_seconds",
                lines[0]);
        assertTrue(lines[1].startsWith("0,-51200,2048,1024,1024,zstd1,"), lines[1]);
    }

    @Test
    void csvQuotesAndDefusesFormulas() {
        JsonObject configuration = new JsonObject();
        configuration.addProperty("name", "=cmd|' /C calc'!A0,\"x\"\r\ny");
        configuration.addProperty("threads", -1);
        configuration.add("io", null);
        configuration.addProperty("speedup", 2.5);
        JsonArray list = new JsonArray();
        list.add(configuration);
        JsonObject result = new JsonObject();
        result.addProperty("kind", "benchmark");
        result.add("configurations", list);
        String table = CsvReport.table(result);
        String row = table.substring(table.indexOf("\r\n") + 2);
        assertEquals("\"'=cmd|' /C calc'!A0,\"\"x\"\"\r\ny\",,-1,,,,,,,,,,,2.5,,,,,,,,,\r\n", row);
    }

    @Test
    void sparseResultsMakeTables() throws IOException {
        assertEquals(3, CsvReport.table(Results.named("benchmark-sparse")).split("\r\n").length);
        assertEquals(2, CsvReport.table(Results.named("profile-sparse")).split("\r\n").length);
        for (String name : List.of("benchmark-full", "profile-full")) {
            JsonObject whole = Results.named(name);
            whole.remove("tiles");
            whole.remove("ceilings");
            whole.remove("environment");
            for (JsonObject variant : Results.withOneMemberOff(whole)) {
                assertDoesNotThrow(() -> CsvReport.table(variant));
                assertDoesNotThrow(() -> MarkdownReport.text(variant));
            }
        }
    }

    @Test
    void markdownHasTablesForATicket() throws IOException {
        String text = MarkdownReport.text(Results.named("benchmark-full"));
        assertTrue(
                text.startsWith("## czi4j benchmark of /data/lab/kidney\\_40x\\_&lt;HE&gt;.czi\n\n**Decoding"), text);
        assertTrue(text.contains("| strategy | threads | batch | I/O | median |"), text);
        assertTrue(
                text.contains(
                        "| 8 threads × 10 = | 8 | 10 | mapped | 173 ms | 166 ms – 182 ms | 875 | 4.88 | 362 MB |"),
                text);
        assertTrue(text.contains("| aicspylibczi 3.3.1 | tiles warm, 4 threads | 20.4 s | 1.00 | 410 ms | NO |"), text);
        String profile = MarkdownReport.text(Results.named("profile-full"));
        assertTrue(profile.contains("| decode jpegxr | 512 ms | 42 % | 508 ms |"), profile);
        assertTrue(profile.contains("Whole file: about 9.80 s (9.10 s to 11.2 s)."), profile);
        for (String line : text.split("\n")) {
            if (line.startsWith("|")) {
                assertTrue(line.endsWith("|"), line);
            }
        }
    }

    @Test
    void markdownKeepsNamesText() {
        assertEquals(
                "a\\|b&lt;script&gt; \\*x\\* \\_ \\[l\\](u) \\`c\\` &#64;me",
                MarkdownReport.plain("a|b<script>\n*x* _ [l](u) `c` @me"));
    }

    @Test
    void figuresHaveTheUnitsOfTheirNames() {
        assertEquals("8.30 GB", Quantities.of("maxHeapBytes", Members.of(new JsonPrimitive(8_300_000_000L))));
        assertEquals("112 MB/s", Quantities.of("bytesPerSecond", Members.of(new JsonPrimitive(1.12e8))));
        assertEquals("38 %", Quantities.of("residentShare", Members.of(new JsonPrimitive(0.38))));
        assertEquals("yes", Quantities.of("isRemote", Members.of(new JsonPrimitive(true))));
        assertEquals("–", Quantities.of("x", Members.of(null)));
        assertEquals("max heap", Quantities.words("maxHeapBytes"));
        assertEquals("remote", Quantities.words("isRemote"));
        assertEquals("cgroup CPUs", Quantities.words("cgroupCpus"));
    }

    @Test
    void onlyResultsAreRead(@TempDir Path folder) throws IOException {
        for (String text : List.of("", "{", "[]", "{}", "{\"kind\":\"movie\"}", "nonsense", "[".repeat(200_000))) {
            Path file = Files.writeString(folder.resolve("x.json"), text);
            IOException e = assertThrows(IOException.class, () -> ResultFile.read(file), text);
            assertTrue(e.getMessage().startsWith(file + ": expected"), e.getMessage());
        }
        Path bytes = Files.write(folder.resolve("x.json"), new byte[] {(byte) 0xC3, 0x28});
        assertThrows(IOException.class, () -> ResultFile.read(bytes));
        Path newer = Files.writeString(folder.resolve("n.json"), "{\"kind\":\"profile\",\"formatVersion\":2}");
        assertTrue(assertThrows(IOException.class, () -> ResultFile.read(newer))
                .getMessage()
                .contains("newer"));
        Path good = folder.resolve("g.json");
        Files.writeString(good, Results.named("profile-full").toString(), StandardCharsets.UTF_8);
        assertEquals(Results.named("profile-full"), ResultFile.read(good));
    }
}
