package io.github.czi4j.bench.diagnose;

import java.util.Optional;

/** Knows one cause by its signs. Rules have no state. */
interface Rule {
    /** As reports and the documentation call it. */
    String name();

    /** What it has to say; most often nothing. */
    Optional<Finding> judge(Evidence evidence);
}
