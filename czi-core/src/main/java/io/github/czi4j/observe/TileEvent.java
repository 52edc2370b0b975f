package io.github.czi4j.observe;

import io.github.czi4j.model.Compression;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** What happened to a tile. The thread that did it is part of every event. */
abstract class TileEvent extends CziEvent {
    @Label("Subblock")
    @Description("Index in the directory")
    int subblock;

    @Label("Compression")
    String compression;

    @Label("Bytes")
    @DataAmount
    long bytes;

    @Override
    public void end(String name, Stage stage, int index, Compression stored, long amount) {
        endTimes();
        if (shouldCommit()) {
            file = name;
            subblock = index;
            compression = stored == null ? null : stored.label();
            bytes = amount;
            commit();
        }
    }

    /** {@link Stage#READ}. */
    @Name("czi.TileRead")
    @Label("CZI Tile Read")
    @Category("CZI")
    @Description("A subblock's header and payload were fetched; bytes of the payload")
    @StackTrace(false)
    static final class Read extends TileEvent {}

    /** {@link Stage#DECODE}. */
    @Name("czi.TileDecode")
    @Label("CZI Tile Decode")
    @Category("CZI")
    @Description("A payload was decoded; bytes of the bitmap")
    @StackTrace(false)
    static final class Decode extends TileEvent {}

    /** {@link Stage#PLACE}. */
    @Name("czi.TilePlace")
    @Label("CZI Tile Place")
    @Category("CZI")
    @Description("What shows of a tile was put into the mosaic; bytes written")
    @StackTrace(false)
    static final class Place extends TileEvent {}

    /** A tile came from the cache. */
    @Name("czi.CacheHit")
    @Label("CZI Cache Hit")
    @Category("CZI")
    @Description("A tile was decoded already; bytes of the bitmap")
    @StackTrace(false)
    static final class CacheHit extends TileEvent {}
}
