package io.github.czi4j.bench.diagnose;

import static io.github.czi4j.bench.diagnose.Verdicts.attempt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import io.github.czi4j.bench.environment.StorageFacts;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.PixelType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are fine, and troubles whose signs contradict each other. */
class ProvokedVerdictTest {
    @TempDir
    static Path folder;

    @Test
    void aFileThatIsFine() throws IOException {
        Path fine = Samples.grid(folder.resolve("fine.czi"), 3, 256, Compression.ZSTD1);
        Diagnosis diagnosis = null;
        for (int attempt = 0; attempt < 40; attempt++) {
            diagnosis =
                    Diagnosis.of(Trial.of(fine).least(Duration.ofMillis(200)).profile());
            if (diagnosis.bottleneck() == Bottleneck.NONE) {
                assertTrue(diagnosis.verdict().startsWith("Nothing is wrong here"), diagnosis.verdict());
                return;
            }
            // A pass of some milliseconds either has a processor or it has none.
            assertTrue(
                    List.of(Bottleneck.CPU_LIMIT, Bottleneck.UNKNOWN, Bottleneck.DECODE)
                            .contains(diagnosis.bottleneck()),
                    diagnosis.text());
        }
        abort("the machine is too busy for anything to be fine: " + diagnosis.verdict());
    }

    /** The system and the probe say that the file is in memory; the source that is profiled sleeps. */
    @Test
    void storageThatWaitsForAFileInMemory() throws IOException, InterruptedException {
        Path file = Samples.grid(folder.resolve("memory.czi"), 6, 64, Compression.ZSTD1);
        Trial.of(file).profile();
        StorageFacts facts = StorageFacts.of(file);
        assumeTrue(
                facts.residentShare().orElse(0) == 1, "the system does not tell that the file is in memory: " + facts);
        attempt(
                3,
                () -> Trial.of(file)
                        .through(Sources.throttled(4))
                        .on(facts)
                        .ceilings()
                        .profile(),
                found -> assertUnknown(found, "although the file is in memory"));
    }

    /** A process that is stopped from outside neither computes nor waits for anything that is counted. */
    @Test
    void aProcessThatIsStoppedAgainAndAgain() throws IOException, InterruptedException {
        assumeTrue(Files.isReadable(Path.of("/proc/thread-self/schedstat")), "the system does not count waiting");
        Path file = Samples.jpegXr(folder.resolve("grey.czi"), 8, 0, PixelType.GRAY16);
        for (int i = 0; i < 5; i++) {
            Process process = ChildTrial.of(file).start();
            Process stopper = new ProcessBuilder(
                            "sh",
                            "-c",
                            "while kill -STOP $0 && sleep 0.05 && kill -CONT $0 && sleep 0.02; do :; done",
                            Long.toString(process.pid()))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            JsonObject result = ChildTrial.result(process);
            stopper.waitFor();
            if (Diagnosis.of(result).findings().stream()
                    .noneMatch(finding -> finding.rule().equals("busy-machine"))) {
                assertUnknown(result, "the threads neither computed nor waited");
                return;
            }
        }
        abort("the machine is so busy that it explains any standstill");
    }

    private static void assertUnknown(JsonObject result, String why) {
        Diagnosis diagnosis = Diagnosis.of(result);
        assertEquals(Bottleneck.UNKNOWN, diagnosis.bottleneck(), diagnosis.text());
        assertTrue(diagnosis.verdict().startsWith("Unknown: the signs contradict"), diagnosis.verdict());
        assertTrue(diagnosis.verdict().contains(why), diagnosis.verdict());
    }
}
