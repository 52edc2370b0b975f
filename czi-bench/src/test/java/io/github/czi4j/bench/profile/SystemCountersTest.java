package io.github.czi4j.bench.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.github.czi4j.bench.diagnose.Bottleneck;
import io.github.czi4j.bench.diagnose.Diagnosis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On files of the system that are made up, below a root of their own. */
class SystemCountersTest {
    @TempDir
    Path root;

    private SystemCounters counters(long majorFaults, long swappedIn) throws IOException {
        Files.createDirectories(root.resolve("proc/self"));
        Files.writeString(
                root.resolve("proc/self/stat"), "17 (a (b) c) S 1 17 17 0 -1 4194304 1234 0 " + majorFaults + " 0 5 6");
        Files.writeString(root.resolve("proc/vmstat"), "nr_free_pages 9\npswpin " + swappedIn + "\npswpout 12345\n");
        return SystemCounters.now(root);
    }

    @Test
    void pagesThatCameFromSwapReachTheDiagnosis() throws IOException {
        SystemCounters before = counters(7, 1000);
        SystemCounters after = counters(47, 21_000);
        SystemCounters since = after.since(before, 3_000_000);
        assertEquals(40, since.majorFaults());
        assertEquals(20_000, since.swappedPages());
        JsonObject result = new JsonObject();
        result.add("system", since.toJson());
        Diagnosis diagnosis = Diagnosis.of(result);
        assertEquals("swap", diagnosis.findings().get(0).rule());
        assertEquals(Bottleneck.MEMORY, diagnosis.bottleneck());
        assertTrue(diagnosis.verdict().contains("81.9 MB came back from swap"), diagnosis.verdict());
    }

    @Test
    void whatTheSystemDoesNotTellIsNotKnown() {
        JsonObject json =
                SystemCounters.now(root).since(SystemCounters.now(root), -1).toJson();
        for (String name : new String[] {"majorFaults", "swappedPages", "queuedSeconds"}) {
            assertTrue(json.get(name).isJsonNull(), name);
        }
    }
}
