package io.github.czi4j.observe;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;

/** What all events of the reader have. Each names its thread too; only {@code czi.Open} says who called. */
@Category("CZI")
abstract class CziEvent extends Event implements RecordedSpan {
    @Label("File")
    String file;

    /** This event, begun, or null if nobody records it. */
    final CziEvent beginIfEnabled() {
        if (!isEnabled()) {
            return null;
        }
        begin();
        return this;
    }
}
