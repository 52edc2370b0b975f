package io.github.czi4j.observe;

import io.github.czi4j.model.Compression;
import java.util.Locale;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A stage that has no event of its own. */
@Name("czi.Stage")
@Label("CZI Stage")
@Category("CZI")
@Description("Work that concerns no single tile: directory, metadata, index, plan, allocate, wait, finalise")
@StackTrace(false)
final class StageEvent extends CziEvent {
    @Label("Stage")
    String stage;

    @Label("Bytes")
    @DataAmount
    long bytes;

    @Override
    public void end(String name, Stage which, int subblock, Compression compression, long amount) {
        endTimes();
        if (shouldCommit()) {
            file = name;
            stage = which.name().toLowerCase(Locale.ROOT);
            bytes = amount;
            commit();
        }
    }
}
