package io.github.czi4j.bench.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.github.czi4j.bench.console.TextTable;
import io.github.czi4j.bench.console.Units;
import io.github.czi4j.bench.environment.Environment;
import io.github.czi4j.bench.environment.FileFacts;
import io.github.czi4j.bench.profile.Estimate;
import io.github.czi4j.bench.profile.Pass;
import io.github.czi4j.bench.profile.Profile;
import io.github.czi4j.bench.profile.ProfileStage;
import io.github.czi4j.bench.profile.TileTime;
import io.github.czi4j.model.SubblockInfo;
import java.util.Locale;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/** A profile for people and for machines. */
public final class ProfileReport {
    private static final int SLOW_TILES = 5;
    private static final double[] PERCENTILES = {50, 90, 99, 100};
    private static final String PAGE_CACHE = "not controlled: parts of the file that were read lately come from memory";

    private final Environment environment;
    private final FileFacts file;
    private final Profile profile;

    /**
     * Makes a report.
     *
     * @param environment the machine
     * @param file the file
     * @param profile the measurement
     */
    public ProfileReport(Environment environment, FileFacts file, Profile profile) {
        this.environment = environment;
        this.file = file;
        this.profile = profile;
    }

    /**
     * For people.
     *
     * @return tables and sentences
     */
    public String text() {
        StringBuilder text = new StringBuilder();
        environment.lines().forEach(line -> text.append(Text.wrapFact(line)));
        file.lines().forEach(line -> text.append(Text.wrapFact(line)));
        text.append(Text.wrapFact("reads    " + profile.plane() + ": " + profile.sample() + ", "
                + profile.io().name().toLowerCase(Locale.ROOT)));
        text.append(Text.wrapFact("cache    " + PAGE_CACHE)).append('\n');
        text.append(stages()).append('\n');
        text.append(tiles()).append('\n');
        text.append(slowTiles()).append('\n');
        text.append(amplification());
        text.append(estimate());
        if (profile.failures() > 0) {
            text.append(Text.wrap(profile.failures() + " tiles could not be loaded; the times hold for the others."));
        }
        return text.toString();
    }

    private String stages() {
        Pass first = profile.first();
        Pass last = profile.last();
        TextTable table = new TextTable(
                "stage", "first pass>", "%>", "pass " + profile.passes().size() + ">", "%>", "CPU>", "");
        for (ProfileStage stage : ProfileStage.values()) {
            table.row(
                    stage.label(),
                    seconds(first.nanos(stage)),
                    percent(first.share(stage)),
                    seconds(last.nanos(stage)),
                    percent(last.share(stage)),
                    seconds(last.cpuNanos(stage)),
                    stage.description());
        }
        table.row(
                "sum",
                seconds(first.wallNanos()),
                percent(1),
                seconds(last.wallNanos()),
                percent(1),
                seconds(last.cpuNanos()),
                "the wall clock");
        int passes = profile.passes().size();
        return table
                + Text.wrap("One thread. The first pass runs code that is not compiled yet; pass " + passes
                        + (profile.isSteady()
                                ? " is steady: not clearly faster than the one before. "
                                : " is not steady yet, but its time was over. ")
                        + "CPU is of this thread in pass " + passes + "; all threads of the process, compiler and "
                        + "garbage collector included, took " + Units.seconds(profile.processCpuSeconds()) + ".");
    }

    private static String seconds(long nanos) {
        return Units.seconds(Math.max(0, nanos) / 1e9);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }

    private String tiles() {
        TextTable table = new TextTable("each tile", "median>", "90 %>", "99 %>", "slowest>");
        row(table, "read", TileTime::readNanos);
        row(table, "decode", TileTime::decodeNanos);
        row(table, "place", TileTime::placeNanos);
        row(table, "all", TileTime::nanos);
        return table.toString();
    }

    private void row(TextTable table, String name, Function<TileTime, Long> part) {
        Histogram histogram = profile.histogram(part);
        Object[] cells = new Object[PERCENTILES.length + 1];
        cells[0] = name;
        for (int i = 0; i < PERCENTILES.length; i++) {
            cells[i + 1] = seconds(histogram.getValueAtPercentile(PERCENTILES[i]));
        }
        table.row(cells);
    }

    private String slowTiles() {
        TextTable table = new TextTable(
                "slowest", "coordinate", "offset>", "stored>", "compression", "read>", "decode>", "place>");
        for (TileTime tile : profile.slowest(SLOW_TILES)) {
            SubblockInfo info = profile.infos().get(tile.subblock());
            table.row(
                    "#" + tile.subblock(),
                    coordinate(info),
                    info.filePosition(),
                    Units.bytes(tile.storedBytes()),
                    info.compression().label(),
                    seconds(tile.readNanos()),
                    seconds(tile.decodeNanos()),
                    seconds(tile.placeNanos()));
        }
        return table.toString();
    }

    private static String coordinate(SubblockInfo info) {
        return info.coordinate()
                + (info.mIndex().isPresent() ? "M" + info.mIndex().getAsInt() : "");
    }

    private String amplification() {
        long decoded = profile.sample().decodedPixels();
        long delivered = profile.sample().deliveredPixels();
        return Text.wrap("Amplification: " + profile.last().tiles().size() + " subblocks read for "
                + profile.sample().visibleShare().size() + " that show; " + ratio(decoded, delivered)
                + " pixels decoded for each delivered; " + Units.bytes(profile.bytesRead())
                + " of payload read, of which " + Units.bytes(profile.bytesNeeded())
                + " are in proportion to the pixels delivered.");
    }

    private static String ratio(double a, double b) {
        return b == 0 ? "no" : Units.significant(a / b);
    }

    private String estimate() {
        Estimate estimate = profile.estimate();
        if (estimate == null) {
            return "";
        }
        String spread = estimate.hasInterval()
                ? " (" + Units.seconds(estimate.low()) + " to " + Units.seconds(estimate.high()) + ")"
                : " (too few tiles to say how sure)";
        String unsampled = estimate.unsampled().isEmpty()
                ? ""
                : " No tile of these compressions was measured, they were given the mean rate: "
                        + String.join(", ", estimate.unsampled()) + ".";
        return Text.wrap("Whole file: about " + Units.seconds(estimate.seconds()) + spread + " for "
                + estimate.subblocks() + " subblocks, " + Units.bytes(estimate.bytes())
                + ", on one thread, with the page cache as it was here. From the tiles above: their time for each "
                + "stored byte, times the bytes of all subblocks of all planes and pyramid layers." + unsampled);
    }

    /**
     * For machines.
     *
     * @return the report
     */
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("formatVersion", JsonReport.FORMAT_VERSION);
        json.addProperty("kind", "profile");
        json.add("environment", environment.toJson());
        json.add("file", file.toJson());
        json.add("request", request());
        JsonObject method = new JsonObject();
        method.addProperty("threads", 1);
        method.addProperty("passes", profile.passes().size());
        method.addProperty("steady", profile.isSteady());
        method.addProperty("pageCache", PAGE_CACHE);
        method.addProperty("stagesOf", "the last pass; firstPass is the one with a cold JIT");
        json.add("method", method);
        addPass(json, profile.last());
        json.addProperty("processCpuSeconds", profile.processCpuSeconds());
        JsonObject first = new JsonObject();
        addPass(first, profile.first());
        json.add("firstPass", first);
        JsonObject tiles = new JsonObject();
        tiles.addProperty("count", profile.last().tiles().size());
        tiles.addProperty("failed", profile.failures());
        tiles.add("read", percentiles(TileTime::readNanos));
        tiles.add("decode", percentiles(TileTime::decodeNanos));
        tiles.add("place", percentiles(TileTime::placeNanos));
        tiles.add("all", percentiles(TileTime::nanos));
        tiles.add("slowest", slowest());
        json.add("tiles", tiles);
        json.add("amplification", amplificationJson());
        json.add("estimate", estimateJson());
        return json;
    }

    private JsonObject request() {
        JsonObject json = new JsonObject();
        json.addProperty("plane", profile.plane().plane().toString());
        json.addProperty("scene", profile.plane().scene());
        json.addProperty("io", profile.io().name().toLowerCase(Locale.ROOT));
        json.addProperty("tiles", profile.sample().tiles());
        json.addProperty("tilesOfPlane", profile.sample().tilesOfPlane());
        json.addProperty("mosaics", profile.sample().requests().size());
        json.addProperty("outputPixels", profile.sample().outputPixels());
        return json;
    }

    private static void addPass(JsonObject json, Pass pass) {
        json.addProperty("wallSeconds", pass.wallNanos() / 1e9);
        json.addProperty("cpuSeconds", pass.cpuNanos() / 1e9);
        JsonArray stages = new JsonArray();
        for (ProfileStage stage : ProfileStage.values()) {
            JsonObject one = new JsonObject();
            one.addProperty("name", stage.label());
            one.addProperty("seconds", pass.nanos(stage) / 1e9);
            one.addProperty("cpuSeconds", pass.cpuNanos(stage) / 1e9);
            one.addProperty("share", pass.share(stage));
            stages.add(one);
        }
        json.add("stages", stages);
    }

    private JsonObject percentiles(Function<TileTime, Long> part) {
        Histogram histogram = profile.histogram(part);
        JsonObject json = new JsonObject();
        json.addProperty("mean", histogram.getTotalCount() == 0 ? 0 : histogram.getMean() / 1e9);
        for (double percentile : PERCENTILES) {
            json.addProperty("p" + (int) percentile, histogram.getValueAtPercentile(percentile) / 1e9);
        }
        return json;
    }

    private JsonArray slowest() {
        JsonArray array = new JsonArray();
        for (TileTime tile : profile.slowest(SLOW_TILES)) {
            SubblockInfo info = profile.infos().get(tile.subblock());
            JsonObject json = new JsonObject();
            json.addProperty("index", tile.subblock());
            json.addProperty("coordinate", info.coordinate().toString());
            if (info.mIndex().isPresent()) {
                json.addProperty("m", info.mIndex().getAsInt());
            }
            json.addProperty("offset", info.filePosition());
            json.addProperty("compression", info.compression().label());
            json.addProperty("storedBytes", tile.storedBytes());
            json.addProperty("readSeconds", tile.readNanos() / 1e9);
            json.addProperty("decodeSeconds", tile.decodeNanos() / 1e9);
            json.addProperty("placeSeconds", tile.placeNanos() / 1e9);
            array.add(json);
        }
        return array;
    }

    private JsonObject amplificationJson() {
        JsonObject json = new JsonObject();
        json.add(
                "subblocks",
                amplification(
                        profile.last().tiles().size(),
                        profile.sample().visibleShare().size()));
        json.add("bytes", amplification(profile.bytesRead(), profile.bytesNeeded()));
        json.add(
                "pixels",
                amplification(profile.sample().decodedPixels(), profile.sample().deliveredPixels()));
        return json;
    }

    private static JsonObject amplification(double touched, double delivered) {
        JsonObject json = new JsonObject();
        json.addProperty("touched", touched);
        json.addProperty("delivered", delivered);
        if (delivered > 0) {
            json.addProperty("ratio", touched / delivered);
        } else {
            json.add("ratio", JsonNull.INSTANCE);
        }
        return json;
    }

    private JsonObject estimateJson() {
        Estimate estimate = profile.estimate();
        if (estimate == null) {
            return null;
        }
        JsonObject json = new JsonObject();
        json.addProperty("seconds", estimate.seconds());
        json.addProperty("low", estimate.hasInterval() ? estimate.low() : null);
        json.addProperty("high", estimate.hasInterval() ? estimate.high() : null);
        json.addProperty("subblocks", estimate.subblocks());
        json.addProperty("storedBytes", estimate.bytes());
        json.addProperty("method", "time of the sampled tiles for each stored byte, by compression; one thread");
        JsonArray unsampled = new JsonArray();
        estimate.unsampled().forEach(unsampled::add);
        json.add("unsampledCompressions", unsampled);
        return json;
    }
}
