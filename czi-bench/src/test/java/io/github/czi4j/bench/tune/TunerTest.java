package io.github.czi4j.bench.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.CziReader;
import io.github.czi4j.MosaicRequest;
import io.github.czi4j.Tuning;
import io.github.czi4j.bench.diagnose.Sources;
import io.github.czi4j.bench.measure.Opener;
import io.github.czi4j.bench.storage.IoMode;
import io.github.czi4j.io.FileByteSource;
import io.github.czi4j.model.Parallelism;
import io.github.czi4j.sample.SampleRecipe;
import io.github.czi4j.sample.SampleWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TunerTest {
    @TempDir
    Path folder;

    private Path sample() throws IOException {
        Path file = folder.resolve("grid.czi");
        SampleRecipe recipe =
                SampleRecipe.defaults().grid(4, 4).tile(64, 64, 10).dimensions(1, 1, 1, 1);
        SampleWriter.write(file, recipe, 1, (done, total) -> {});
        return file;
    }

    @Test
    void candidatesAreDifferentAndBeginWithTheReadersOwnChoice() {
        for (int processors : List.of(1, 2, 6, 64)) {
            List<Tuning> candidates = Tuner.candidates(processors, false);
            assertEquals(new Tuning(Parallelism.auto(), FileByteSource.Mode.MAPPED), candidates.get(0));
            assertEquals(candidates.size(), new HashSet<>(candidates).size());
            assertTrue(candidates.contains(new Tuning(Parallelism.sequential(), FileByteSource.Mode.CHANNEL)));
            assertTrue(candidates.contains(
                    new Tuning(Parallelism.threads(Math.max(2, processors)).batch(4), FileByteSource.Mode.MAPPED)));
            assertTrue(Tuner.candidates(processors, true).size() > candidates.size());
        }
    }

    @Test
    void theReadersOwnChoiceStaysInAndAllGiveTheSamePixels() throws IOException {
        Path file = sample();
        Tuner.Result result = new Tuner(file, null, null, false, Duration.ofSeconds(2)).run(share -> {});
        assertTrue(result.finalists().contains(result.own()));
        assertTrue(result.finalists().size() <= 3);
        assertEquals(
                Tuner.candidates(
                                Runtime.getRuntime().availableProcessors(),
                                Runtime.version().feature() >= 21)
                        .size(),
                result.tried());
        result.finalists().forEach(entry -> assertTrue(entry.count() >= 6, entry.toString()));
        assertTrue(result.hash().startsWith("sha256:"));
        if (result.isImproved()) {
            assertTrue(result.best().speedup(result.own()).low() > 1);
        } else {
            assertSame(result.own(), result.best());
        }
        try (CziReader reader = CziReader.open(file)) {
            assertEquals(Tuning.key(file, reader), result.key());
        }
    }

    /** Storage that answers after a while, later where the file is to be mapped; tiles are not kept, as the tuner has it. */
    private static Opener slow(Path file) {
        return options -> Sources.of(file, Sources.throttled(options.io() == FileByteSource.Mode.MAPPED ? 12 : 3))
                .open(options.tileCache(0));
    }

    @Test
    void anAnswerThatIsForcedIsFound() throws IOException {
        Path file = sample();
        Tuner.Result result = new Tuner(file, null, null, false, Duration.ofSeconds(8))
                .through(slow(file))
                .run(share -> {});
        assertTrue(result.isImproved());
        assertEquals(
                FileByteSource.Mode.CHANNEL,
                result.best().tuning().io(),
                result.best().toString());
        int workers = result.best().tuning().parallelism().workers();
        assertTrue(
                workers > Runtime.getRuntime().availableProcessors(),
                result.best().toString());
        assertTrue(result.best().speedup(result.own()).low() > 2, result.best().toString());
    }

    @Test
    void whatTheReaderDoesNotHaveIsToldAndNotKept() throws IOException {
        Path file = sample();
        // These ways do not go through the slow storage, so that each of them is faster.
        Tuner.Result result = new Tuner(file, null, null, false, Duration.ofSeconds(4))
                .through(slow(file))
                .run(share -> {});
        assertEquals(
                Set.of("pipeline", "threads"),
                result.beyond().stream()
                        .map(entry -> entry.beyond().strategy().label())
                        .collect(Collectors.toSet()));
        assertTrue(result.beyond().stream().anyMatch(entry -> entry.beyond().io() == IoMode.COALESCED));
        for (Contest.Entry entry : result.beyond()) {
            assertNull(entry.tuning(), "nothing that could be kept");
            assertTrue(entry.speedup(result.rematch()).low() > 1, entry.toString());
        }
        assertEquals(result.best().tuning(), result.rematch().tuning());
        assertFalse(result.best().tuning() == null);
    }

    @Test
    void aSpeedupComparesTheRoundsThatBothTookPartIn() throws IOException {
        Contest.Entry one = new Contest.Entry(new Tuning(Parallelism.sequential(), FileByteSource.Mode.MAPPED));
        Contest.Entry two = new Contest.Entry(new Tuning(Parallelism.threads(2).batch(3), FileByteSource.Mode.CHANNEL));
        assertEquals("sequential, mapped", one.toString());
        assertEquals("2 threads × 3, channel", two.toString());
        Path file = sample();
        try (Contest contest = new Contest(options -> CziReader.open(file, options), MosaicRequest.wholeImage())) {
            contest.load(one, false);
            assertEquals(0, one.count());
            for (int i = 0; i < 7; i++) {
                contest.round(List.of(one, two));
            }
            contest.round(List.of(one));
        }
        assertEquals(8, one.count());
        assertEquals(7, two.count());
        assertTrue(two.speedup(one).isSure());
        assertEquals(1, one.speedup(one).median(), 1e-9);
        assertFalse(two.speedup(one).median() <= 0);
    }
}
