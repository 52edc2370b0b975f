package io.github.czi4j.bench.peers;

import java.io.IOException;

/** An adapter died, said nothing for too long, or answered with an error. */
public final class PeerException extends IOException {
    private static final long serialVersionUID = 1;

    private final boolean isUnsupported;

    PeerException(String message) {
        this(message, false);
    }

    PeerException(String message, boolean isUnsupported) {
        super(message);
        this.isUnsupported = isUnsupported;
    }

    /** Whether the reader said that it cannot do this, rather than that something went wrong. */
    boolean isUnsupported() {
        return isUnsupported;
    }
}
