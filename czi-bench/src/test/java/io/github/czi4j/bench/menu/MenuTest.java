package io.github.czi4j.bench.menu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.bench.place.HostPaths;
import io.github.czi4j.sample.SampleRecipe;
import io.github.czi4j.sample.SampleWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Answers go in as text, questions and command lines come out; nothing is measured. */
class MenuTest {
    @TempDir
    Path folder;

    private Path file;
    private RecentFiles recent;
    private final List<List<String>> runs = new ArrayList<>();
    private int status;
    private String out;

    @Command(name = "czi")
    static final class Top {}

    @Command(name = "info")
    static final class Info {
        @Parameters
        Path file;
    }

    @Command(name = "read")
    static final class Read {
        @Parameters
        Path file;

        @Option(names = {"--stretch", "--plane", "--scene", "--zoom", "--out"})
        String any;
    }

    @Command(name = "profile")
    static final class Profile {
        @Parameters(arity = "0..1")
        Path file;

        @Option(names = {"--channel", "--scene", "--max-tiles", "--save", "-i", "--interactive"})
        String any;
    }

    @Command(name = "benchmark")
    static final class Benchmark {
        @Parameters(arity = "0..1")
        Path file;

        @Option(names = {"--quick", "--medium", "--full", "--channel", "--max-tiles", "--save"})
        String any;
    }

    @BeforeEach
    void makeSample() throws IOException {
        file = folder.resolve("two channels.czi");
        SampleRecipe recipe = SampleRecipe.defaults().grid(2, 1).tile(64, 64, 8).dimensions(2, 1, 1, 1);
        SampleWriter.write(file, recipe, 1, (done, total) -> {});
        recent = new RecentFiles(folder.resolve("state/recent-files"));
    }

    private Menu menu(StringWriter text, String... answers) {
        CommandLine root = new CommandLine(new Top());
        for (Object command : List.of(new Info(), new Read(), new Profile(), new Benchmark())) {
            root.addSubcommand(command);
        }
        root.setOut(new PrintWriter(text));
        StringReader in = new StringReader(String.join("\n", answers) + (answers.length == 0 ? "" : "\n"));
        Dialog dialog = new Dialog(in, root.getOut(), Style.PLAIN);
        HostPaths paths = new HostPaths(folder.resolve("no-root"), Map.of());
        FileSearch search = new FileSearch(2, 1000, Duration.ofSeconds(20));
        return new Menu(root, "czi", dialog, new FileChoice(dialog, recent, paths, search, folder), arguments -> {
            runs.add(List.of(arguments));
            return status;
        });
    }

    private void show(String... answers) throws IOException {
        StringWriter text = new StringWriter();
        assertEquals(0, menu(text, answers).show());
        out = text.toString();
        // The name of the temporary folder is not ours, and a terminal breaks the line after a question.
        out.lines()
                .filter(line -> !line.contains(folder.toString()) && !line.contains("]: "))
                .forEach(line -> assertTrue(line.codePointCount(0, line.length()) <= 79, line));
    }

    @Test
    void enterAloneProfilesTheFirstFile() throws IOException {
        show("", "", "", "", "q");
        assertEquals(
                List.of(List.of("profile", file.toString(), "--max-tiles", "100", "--channel", "0", "--save")), runs);
        assertTrue(out.contains("What [4]:"), out);
        assertTrue(out.contains("0 DAPI, 1 EGFP"), out);
        assertTrue(out.contains("'" + file + "'"), "a name with a blank must be quoted: " + out);
        assertFalse(out.contains("Tune"), "there is no such command: " + out);
        assertFalse(out.contains("\u001b"), "plain means plain");
    }

    @Test
    void answersBecomeOptions() throws IOException {
        show("6", "1", "1", "30", "", "8", "s", "", "", "3", "1", "0", "25", "q");
        assertEquals(
                List.of(
                        List.of(
                                "benchmark",
                                file.toString(),
                                "--quick",
                                "--max-tiles",
                                "30",
                                "--channel",
                                "1",
                                "--save"),
                        List.of("benchmark", "--full", "--save"),
                        List.of("profile", file.toString(), "--max-tiles", "25", "--channel", "0", "--save")),
                runs);
    }

    @Test
    void wrongAnswersAreToldAndAskedAgain() throws IOException {
        Files.writeString(folder.resolve("not.czi"), "nothing of the kind");
        show("0", "77", "x\u001b[A", "1", "none.czi", "99", "not.czi", "\"" + file + "\"", "q");
        assertEquals(List.of(List.of("info", file.toString())), runs);
        for (String part : List.of(
                "at least 1",
                "1 to 8, h or q",
                "'x' is not a number",
                "none.czi: no such file",
                "there is no number 99",
                "not.czi: ")) {
            assertTrue(out.contains(part), part + " in " + out);
        }
        Files.delete(folder.resolve("not.czi"));
        show("5", "1", "7", "1", "many", "0", "10", "q");
        assertTrue(out.contains("there is no channel 7"), out);
        assertTrue(out.contains("'many' is not a number"), out);
        assertEquals("10", runs.get(1).get(3));
    }

    @Test
    void theEndOfTheInputLeavesFromAnyQuestion() throws IOException {
        String[] answers = {"5", "1", "1"};
        for (int length = 0; length <= answers.length; length++) {
            show(List.of(answers).subList(0, length).toArray(String[]::new));
        }
        show("5", "q");
        assertEquals(List.of(), runs);
        show("5", "b", "1", "1", "q");
        assertEquals(List.of(List.of("info", file.toString())), runs);
    }

    @Test
    void aPictureGoesBesideTheFileAndOverNoOther() throws IOException {
        Files.createFile(folder.resolve("two channels.png"));
        show(
                "2",
                "1",
                "1",
                "2",
                "0.5",
                "two.gif",
                folder.resolve("two channels.png").toString(),
                "",
                "q");
        assertEquals(
                List.of(List.of(
                        "read",
                        file.toString(),
                        "--stretch",
                        "--plane",
                        "C=1",
                        "--zoom",
                        "0.5",
                        "--out",
                        folder.resolve("two channels_2.png").toString())),
                runs);
        assertTrue(out.contains("ends in .png"), out);
        assertTrue(out.contains("exists already"), out);
    }

    @Test
    void aFolderIsLookedThroughAndFilesUsedLatelyComeFirst() throws IOException {
        Path other = Files.createDirectories(folder.resolve("a/b")).resolve("deep.czi");
        Files.copy(file, other);
        show("1", "a", "1", "q");
        assertEquals(List.of("info", other.toString()), runs.get(0));
        recent.add(other);
        show("1", "1", "q");
        assertEquals(List.of("info", other.toString()), runs.get(1));
        assertTrue(out.indexOf("Used lately") < out.indexOf("deep.czi"), out);
        assertTrue(out.indexOf("Found") > out.indexOf("deep.czi"), out);
    }

    @Test
    void helpAndFailuresKeepTheMenu() throws IOException {
        status = 2;
        show("h", "", "1", "1", "", "1", "1", "q");
        assertEquals(2, runs.size());
        assertTrue(out.contains("Usage: czi"), out);
        assertTrue(out.contains("It failed: see above (exit status 2)."), out);
    }

    @Test
    void oneCommandAsksForWhatIsNotGiven() throws IOException {
        status = 1;
        StringWriter text = new StringWriter();
        assertEquals(1, menu(text, "2", "").showOne("profile", file, List.of("--channel", "1")));
        assertEquals(
                List.of("profile", file.toString(), "--max-tiles", "100", "--save", "--channel", "1"), runs.get(0));
        assertFalse(text.toString().contains("Channel"), text.toString());
        // With a preset there is nothing to choose.
        assertEquals(1, menu(text, "1", "").showOne("benchmark", null, List.of("--quick", "--channel=0")));
        assertEquals(List.of("benchmark", file.toString(), "--save", "--quick", "--channel=0"), runs.get(1));
        assertEquals(0, menu(text).showOne("benchmark", null, List.of()), "left before anything ran");
        assertEquals(0, menu(text, "h").showOne("profile", null, List.of()));
        assertTrue(text.toString().contains("Usage: czi profile"), text.toString());
        assertEquals(2, runs.size());
    }
}
