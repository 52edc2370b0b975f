package io.github.czi4j.bench.peers;

import java.util.List;
import java.util.Optional;

/**
 * A reader to compare with.
 *
 * @param name as reports call it
 * @param command starts its adapter; empty if it cannot be started
 * @param skipped why it cannot be started
 */
public record Peer(String name, List<String> command, Optional<String> skipped) {
    /**
     * A reader that is there.
     *
     * @param name as reports call it
     * @param command starts its adapter
     * @return the peer
     */
    public static Peer of(String name, List<String> command) {
        return new Peer(name, List.copyOf(command), Optional.empty());
    }

    static Peer missing(String name, String reason) {
        return new Peer(name, List.of(), Optional.of(reason));
    }
}
