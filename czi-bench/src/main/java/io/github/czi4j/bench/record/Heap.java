package io.github.czi4j.bench.record;

import java.lang.management.ManagementFactory;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;

/** The heap in use, from time to time. */
@Name(Heap.NAME)
@Label("Heap in Use")
@Category("CZI")
@Period("50 ms")
@StackTrace(false)
final class Heap extends Event {
    static final String NAME = "czi.Heap";

    @Label("Bytes")
    @DataAmount
    long bytes;

    static void emit() {
        Heap event = new Heap();
        event.bytes = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        event.commit();
    }
}
