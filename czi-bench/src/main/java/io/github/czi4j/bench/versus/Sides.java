package io.github.czi4j.bench.versus;

import io.github.czi4j.bench.peers.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How both sides are started.
 *
 * @param python interpreter that has pylibCZIrw
 * @param scripts folder of the {@code versus_….py} and of {@code one_mosaic.py}
 * @param czi the command {@code czi}
 * @param javaOptions for the JVMs of this reader
 */
record Sides(Path python, Path scripts, Path czi, List<String> javaOptions) {
    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** A JVM with the class path of this one. */
    List<String> java(List<String> moreOptions, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(javaOptions);
        command.addAll(moreOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** A Python process. */
    List<String> python(String script, String... arguments) {
        List<String> command = new ArrayList<>();
        // -B: nothing is written beside the scripts.
        command.addAll(List.of(python.toString(), "-B", scripts.resolve(script).toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private Peer own() {
        return Peer.of("czi4j", java(List.of(), VersusAdapter.class));
    }

    private Peer libczi(String script) {
        return Peer.of("libCZI", python(script));
    }

    /** This reader, in a process that stays. */
    Contestant.Lasting own(Work work, boolean isSingle, boolean opensOnly) throws IOException {
        return new Contestant.Lasting(own(), work, isSingle, opensOnly);
    }

    /** libCZI by one of the scripts, in a process that stays. */
    Contestant.Lasting libczi(String script, Work work, boolean opensOnly) throws IOException {
        return new Contestant.Lasting(libczi(script), work, true, opensOnly);
    }

    /** This reader, in a new process each time. */
    Contestant.Fresh ownFresh(Work work, boolean isSingle) {
        return new Contestant.Fresh(own(), work, isSingle);
    }

    /** libCZI, in a new process each time. */
    Contestant.Fresh libcziFresh(String script, Work work) {
        return new Contestant.Fresh(libczi(script), work, true);
    }
}
