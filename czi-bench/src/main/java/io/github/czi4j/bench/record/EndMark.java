package io.github.czi4j.bench.record;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** The last event of a recording: when it has come out of the stream, all before it have. */
@Name(EndMark.NAME)
@Label("End of the Recording")
@Category("CZI")
@StackTrace(false)
final class EndMark extends Event {
    static final String NAME = "czi.EndMark";
}
