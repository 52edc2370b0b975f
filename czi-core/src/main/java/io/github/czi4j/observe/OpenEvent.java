package io.github.czi4j.observe;

import io.github.czi4j.model.Compression;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** {@link Stage#OPEN}. */
@Name("czi.Open")
@Label("CZI Open")
@Category("CZI")
@Description("A CZI file was opened: storage and file header")
final class OpenEvent extends CziEvent {
    @Label("File Size")
    @DataAmount
    long bytes;

    @Override
    public void end(String name, Stage stage, int subblock, Compression compression, long size) {
        endTimes();
        if (shouldCommit()) {
            file = name;
            bytes = size;
            commit();
        }
    }
}
