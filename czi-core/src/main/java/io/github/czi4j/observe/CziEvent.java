package io.github.czi4j.observe;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Timespan;

/** What all events of the reader have. Each names its thread too; only {@code czi.Open} says who called. */
@Category("CZI")
abstract class CziEvent extends Event implements RecordedSpan {
    @Label("File")
    String file;

    @Label("Processor Time")
    @Description("Of the thread during the event, where the JVM tells it")
    @Timespan(Timespan.NANOSECONDS)
    long cpuTime = ProcessorTime.UNKNOWN;

    private transient long cpuBegun = ProcessorTime.UNKNOWN;
    private transient long begun;

    /** This event, begun, or null if nobody records it. */
    final CziEvent beginIfEnabled() {
        if (!isEnabled()) {
            return null;
        }
        // First, so that what it loads once is not part of the event.
        cpuBegun = ProcessorTime.now();
        begin();
        begun = System.nanoTime();
        return this;
    }

    /** Ends the time of the event and says what the thread used of a processor. */
    final void endTimes() {
        // Asking for processor time is no part of the event; neither is what the JVM did meanwhile, such as linking a
        // call: a thread has no more of a processor than passed on the clock.
        long passed = System.nanoTime() - begun;
        end();
        cpuTime = Math.min(ProcessorTime.since(cpuBegun), passed);
    }
}
