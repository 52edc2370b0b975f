package io.github.czi4j.bench.menu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class MenuPartsTest {
    private static final FileSearch SEARCH = new FileSearch(2, 1000, Duration.ofSeconds(20));

    @TempDir
    Path folder;

    @Test
    void pathsAreReadAsAShellWouldAndMore() {
        Map<String, String> typed = Map.of(
                "slide.czi", "slide.czi",
                "'/a b/c.czi' ", "/a b/c.czi",
                "\"/a b/c'd.czi\"", "/a b/c'd.czi",
                "/a\\ b/c.czi", "/a b/c.czi",
                "~/x.czi", "/home/me/x.czi",
                "'~/x.czi'", "/home/me/x.czi",
                "/a/it's.czi", "/a/it's.czi",
                "file:///a%20b/%C3%A4.czi", "/a b/ä.czi",
                "~you/x", "~you/x");
        typed.forEach((text, path) ->
                assertEquals(path, ShellWords.path(text, "/home/me", true).toString()));
        assertEquals(
                "C:\\x.czi", ShellWords.path("C:\\x.czi", "/home/me", false).toString());
        for (String bad : List.of("''", "file://%", "a\0b")) {
            assertThrows(IllegalArgumentException.class, () -> ShellWords.path(bad, "/home/me", true), bad);
        }
    }

    @Test
    void commandLinesCanBePastedIntoAShell() throws IOException, InterruptedException {
        List<String> words = List.of("profile", "/a b/it's $HOME.czi", "--max-tiles", "100", "~x", "", "--save");
        String line = ShellWords.commandLine("printf '%s\\n'", words, 40);
        assertTrue(line.contains("--max-tiles 100"), line);
        Process shell = new ProcessBuilder("sh", "-c", line).start();
        List<String> read = shell.inputReader().lines().toList();
        assertEquals(0, shell.waitFor());
        assertEquals(words, read);
        assertEquals("czi info x.czi", ShellWords.commandLine("czi", List.of("info", "x.czi"), 79));
    }

    @Test
    void theListOfRecentFilesIsShortAndTheLatestFirst() throws IOException {
        Path list = folder.resolve("new/czi4j/recent-files");
        RecentFiles recent = new RecentFiles(list);
        assertEquals(List.of(), recent.files());
        IntStream.range(0, 13).forEach(i -> recent.add(folder.resolve(i + ".czi")));
        recent.add(folder.resolve("7.czi"));
        assertEquals(RecentFiles.MAX_FILES, recent.files().size());
        assertEquals(
                List.of(folder.resolve("7.czi"), folder.resolve("12.czi")),
                recent.files().subList(0, 2));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(list)));
        try (Stream<Path> left = Files.list(list.getParent())) {
            assertEquals(1, left.count());
        }
    }

    @Test
    void aDamagedListIsNoReasonToFail() throws IOException {
        Path list = folder.resolve("recent-files");
        RecentFiles recent = new RecentFiles(list);
        Files.write(
                list,
                new byte[] {'/', 'a', '\n', 'r', 'e', 'l', '\n', 0, 1, (byte) 0xff, '\n', '/', 'a', '\n', '/', 0});
        assertEquals(List.of(Path.of("/a")), recent.files());
        Files.write(list, new byte[1 << 20]);
        assertEquals(List.of(), recent.files());
        recent.add(Path.of("/b"));
        assertEquals(List.of(Path.of("/b")), recent.files());
        RecentFiles hopeless = new RecentFiles(list.resolve("below-a-file"));
        hopeless.add(Path.of("/c"));
        assertEquals(List.of(), hopeless.files());
    }

    @Test
    void theListLiesWhereTheSpecificationWantsIt() {
        Path state = folder.resolve("state");
        RecentFiles.ofUser(Map.of("XDG_STATE_HOME", state.toString()), "?")
                .orElseThrow()
                .add(Path.of("/x"));
        assertTrue(Files.exists(state.resolve("czi4j/recent-files")));
        RecentFiles.ofUser(Map.of("XDG_STATE_HOME", "relative"), folder.toString())
                .orElseThrow()
                .add(Path.of("/x"));
        assertTrue(Files.exists(folder.resolve(".local/state/czi4j/recent-files")));
        assertEquals(Optional.empty(), RecentFiles.ofUser(Map.of(), "?"));
    }

    private Path czi(String name, long modified) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x");
        return Files.setLastModifiedTime(file, FileTime.fromMillis(modified));
    }

    private static List<Path> paths(List<FileSearch.Found> found) {
        return found.stream().map(FileSearch.Found::path).toList();
    }

    @Test
    void filesAreFoundNewestFirstAndNotTooDeep() throws IOException {
        Path old = czi("old.czi", 1_000);
        Path young = czi("a/young.CZI", 9_000);
        Path lately = czi("a/lately.czi", 5_000);
        czi("a/b/deep.czi", 9_999);
        czi(".hidden/no.czi", 9_999);
        czi("a/other.txt", 9_999);
        Files.createDirectory(folder.resolve("folder.czi"));
        Files.createSymbolicLink(folder.resolve("loop"), folder);
        List<Path> recent = List.of(folder.resolve("gone.czi"), lately);
        assertEquals(
                List.of(lately, young, old),
                paths(SEARCH.search(recent, List.of(folder, folder.resolve("none"), folder))));
    }

    @Test
    void theSearchEndsAtItsLimits() throws IOException {
        for (int i = 0; i < 20; i++) {
            czi(i + ".czi", i);
        }
        assertEquals(
                7,
                new FileSearch(2, 7, Duration.ofSeconds(20))
                        .search(List.of(), List.of(folder))
                        .size());
    }

    @Test
    void colourIsForTerminalsThatWantIt() {
        assertEquals(Style.ANSI, Style.of(Map.of("TERM", "xterm", "NO_COLOR", ""), "Linux"));
        assertEquals(Style.PLAIN, Style.of(Map.of("TERM", "xterm", "NO_COLOR", "1"), "Linux"));
        assertEquals(Style.PLAIN, Style.of(Map.of("TERM", "dumb"), "Linux"));
        assertEquals(Style.PLAIN, Style.of(Map.of(), "Windows 11"));
        assertEquals("\u001b[1mx\u001b[0m", Style.ANSI.heading("x"));
        assertEquals("x", Style.PLAIN.heading("x"));
    }

    @Test
    void longTextLosesItsMiddle() {
        assertEquals("slide.czi", Dialog.shortened("slide.czi", 9));
        assertEquals("sli….czi", Dialog.shortened("slide-1.czi", 8));
        assertEquals("a?b", Dialog.shortened("a\u001bb", 8));
    }

    @Command(name = "top")
    static final class Top implements Runnable {
        private boolean hasRun;

        @Override
        public void run() {
            hasRun = true;
        }
    }

    @Command(name = "sub")
    static final class Sub implements Runnable {
        @Option(names = {"-i", "--interactive"})
        boolean interactive;

        @Override
        public void run() {
            throw new IllegalStateException("must not run");
        }
    }

    @Test
    void withoutATerminalNothingIsAsked() {
        Top top = new Top();
        StringWriter err = new StringWriter();
        CommandLine root = new CommandLine(top).addSubcommand(new Sub()).setErr(new PrintWriter(err));
        MenuStart.install(root, "top", arguments -> 99, false);
        assertEquals(0, root.execute());
        assertTrue(top.hasRun);
        assertEquals(2, root.execute("sub", "-i"));
        assertEquals(
                "czi: --interactive asks questions and needs a terminal",
                err.toString().strip());
    }
}
