package io.github.czi4j.bench.peers;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the readers that this machine has. The adapters are unpacked to a temporary folder, which is removed when this is
 * closed.
 */
public final class PeerFinder implements Closeable {
    /** Names the folder of the Python environment where {@code --python} does not. */
    public static final String PYTHON_PROPERTY = "czi4j.peers";

    private static final String LOOP = "line_protocol.py";
    /** Adapters in Python, by the package that they need. */
    private static final Map<String, String> PYTHON = Map.of(
            "pylibCZIrw", "read_pylibczirw.py", "aicspylibczi", "read_aicspylibczi.py", "czifile", "read_czifile.py");

    private static final List<String> ORDER = List.of("pylibCZIrw", "aicspylibczi", "czifile");
    private static final String BIO_FORMATS = "Bio-Formats";

    private final Path folder;
    private final Optional<Path> python;

    /**
     * Unpacks the adapters.
     *
     * @param environment folder of a Python environment ({@code peers/setup.sh} makes one) or its interpreter, null to look
     *     where {@value #PYTHON_PROPERTY} says
     * @throws IOException if there is no room for them
     */
    public PeerFinder(Path environment) throws IOException {
        this.folder = Files.createTempDirectory("czi-peers-");
        for (String name : Stream.concat(Stream.of(LOOP, "BioFormatsAdapter.java"), PYTHON.values().stream())
                .toList()) {
            try (InputStream in = PeerFinder.class.getResourceAsStream(name)) {
                Files.copy(in, folder.resolve(name));
            }
        }
        this.python = interpreter(environment);
    }

    private static Optional<Path> interpreter(Path environment) {
        String property = System.getProperty(PYTHON_PROPERTY);
        Path place = environment != null ? environment : property == null ? null : Path.of(property);
        if (place == null) {
            return Optional.empty();
        }
        return Stream.of(place, place.resolve("bin/python"), place.resolve("Scripts/python.exe"))
                .filter(path -> Files.isRegularFile(path) && Files.isExecutable(path))
                .findFirst();
    }

    /**
     * The readers, this one first.
     *
     * @param bioFormats {@code bioformats_package.jar}, null to leave Bio-Formats out
     * @return those that are not there too, with the reason
     */
    public List<Peer> find(Path bioFormats) {
        List<Peer> peers = new ArrayList<>();
        peers.add(
                Peer.of("czi4j", java(Path.of(System.getProperty("java.class.path")), ReaderAdapter.class.getName())));
        for (String name : ORDER) {
            peers.add(
                    python.isPresent()
                            ? python(name)
                            : Peer.missing(
                                    name,
                                    "no Python environment: czi-bench/peers/setup.sh makes one, --python names it"));
        }
        if (bioFormats != null) {
            peers.add(
                    Files.isRegularFile(bioFormats)
                            ? Peer.of(
                                    BIO_FORMATS,
                                    java(
                                            bioFormats.toAbsolutePath(),
                                            folder.resolve("BioFormatsAdapter.java")
                                                    .toString()))
                            : Peer.missing(BIO_FORMATS, bioFormats + " is not there"));
        }
        return peers;
    }

    private Peer python(String name) {
        // -B: nothing is written beside the scripts.
        List<String> command = List.of(
                python.orElseThrow().toString(),
                "-B",
                folder.resolve(PYTHON.get(name)).toString());
        return Peer.of(name, command);
    }

    private static List<String> java(Path classPath, String what) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 24) {
            // aircompressor uses sun.misc.Unsafe, of which newer JDKs warn.
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.add("-Xmx" + (Runtime.getRuntime().maxMemory() >> 20) + "m");
        command.addAll(List.of("-cp", classPath.toString(), what));
        return command;
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
