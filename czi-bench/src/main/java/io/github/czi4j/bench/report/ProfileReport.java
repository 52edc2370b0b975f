package io.github.czi4j.bench.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.czi4j.bench.console.TextTable;
import io.github.czi4j.bench.console.Units;
import io.github.czi4j.bench.environment.Environment;
import io.github.czi4j.bench.environment.FileFacts;
import io.github.czi4j.bench.profile.Estimate;
import io.github.czi4j.bench.profile.Pass;
import io.github.czi4j.bench.profile.Profile;
import io.github.czi4j.bench.profile.StageTime;
import io.github.czi4j.bench.profile.TileSample;
import io.github.czi4j.bench.profile.TileTime;
import io.github.czi4j.bench.storage.Ceilings;
import io.github.czi4j.bench.storage.IoMode;
import io.github.czi4j.bench.storage.PageCache;
import io.github.czi4j.model.SubblockInfo;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** A profile for people and for machines. */
public final class ProfileReport {
    private static final int SLOW_TILES = 5;
    private static final double[] PERCENTILES = {50, 90, 99, 100};

    private final Environment environment;
    private final FileFacts file;
    private final Profile profile;
    private final Ceilings ceilings;
    private final List<String> command;
    private final Instant created = Instant.now();

    /**
     * Makes a report.
     *
     * @param environment the machine
     * @param file the file
     * @param profile the measurement
     * @param ceilings what the machine could do at most
     * @param command the options that were given
     */
    public ProfileReport(
            Environment environment, FileFacts file, Profile profile, Ceilings ceilings, List<String> command) {
        this.environment = environment;
        this.file = file;
        this.profile = profile;
        this.ceilings = ceilings;
        this.command = List.copyOf(command);
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
        text.append(Text.wrapFact("reads    " + profile.plane() + ": " + profile.sample() + ", " + io()));
        text.append(Text.wrapFact("cache    " + pageCacheText())).append('\n');
        text.append(stages()).append('\n');
        text.append(tiles()).append('\n');
        text.append(slowTiles()).append('\n');
        text.append(ceilings());
        text.append(amplification());
        text.append(estimate());
        if (profile.failures() > 0) {
            text.append(Text.wrap(profile.failures() + " tiles could not be loaded; the times hold for the others."));
        }
        return text.toString();
    }

    private boolean isRemote() {
        return file.storage().isAddress();
    }

    private String io() {
        return isRemote() ? IoMode.HTTP.label() : profile.io().name().toLowerCase(Locale.ROOT);
    }

    private String pageCacheText() {
        if (isRemote()) {
            return "not applicable: the file is not on this machine";
        }
        return file.storage().residentShare().isPresent()
                ? "not controlled; "
                        + Quantities.percent(file.storage().residentShare().getAsDouble())
                        + " of the file was in memory before the first pass"
                : "not controlled: parts of the file that were read lately come from memory";
    }

    private String stages() {
        Pass first = profile.first();
        Pass typical = profile.typical();
        TextTable table =
                new TextTable("stage", "first pass>", "%>", "pass " + profile.typicalNumber() + ">", "%>", "CPU>", "");
        Map<String, StageTime> firstByName = byName(first);
        Map<String, StageTime> lastByName = byName(typical);
        Stream.concat(first.stages().stream(), typical.stages().stream())
                .sorted(Comparator.comparing(StageTime::stage).thenComparing(StageTime::label))
                .map(StageTime::label)
                .distinct()
                .forEach(name -> {
                    StageTime any = lastByName.getOrDefault(name, firstByName.get(name));
                    StageTime none = new StageTime(any.stage(), name, 0, 0);
                    StageTime before = firstByName.getOrDefault(name, none);
                    StageTime after = lastByName.getOrDefault(name, none);
                    table.row(
                            name,
                            seconds(before.nanos()),
                            percent(first.share(before)),
                            seconds(after.nanos()),
                            percent(typical.share(after)),
                            seconds(after.cpuNanos()),
                            any.stage().description());
                });
        table.row(
                "sum",
                seconds(first.wallNanos()),
                percent(1),
                seconds(typical.wallNanos()),
                percent(1),
                seconds(typical.cpuNanos()),
                typical.threads() == 1 ? "the wall clock" : "wall × threads");
        int number = profile.typicalNumber();
        String threads = typical.threads() == 1
                ? "One thread. "
                : typical.threads() + " threads: the wall clock of a pass is " + seconds(typical.elapsedNanos())
                        + ", and the stages sum to that times " + typical.threads() + ". ";
        return table
                + Text.wrap(threads + "The first pass runs code that is not compiled yet; pass " + number + " of "
                        + profile.passes().size() + " is the median of the later half. "
                        + (profile.isSteady()
                                ? "They are steady: the last one was not clearly faster than the one before. "
                                : "They are not steady yet, but their time was over. ")
                        + "CPU is of these threads in pass " + number + "; all threads of the process, compiler and "
                        + "garbage collector included, took " + Units.seconds(profile.processCpuSeconds()) + ".");
    }

    private static Map<String, StageTime> byName(Pass pass) {
        return pass.stages().stream().collect(Collectors.toMap(StageTime::label, Function.identity()));
    }

    private static String seconds(long nanos) {
        return Units.seconds(Math.max(0, nanos) / 1e9);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }

    private String ceilings() {
        double seconds = profile.typical().elapsedNanos() / 1e9;
        List<String> lines = ceilings.lines(
                profile.bytesRead() / seconds,
                outputBytes() / seconds,
                profile.sample().decodedPixels() / 1e6 / seconds,
                "this profile");
        return lines.isEmpty() ? "" : lines.stream().map(Text::wrapFact).collect(Collectors.joining("", "", "\n"));
    }

    private double outputBytes() {
        return (double) profile.sample().outputPixels()
                * profile.sample().pixelType().bytesPerPixel();
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
        return Text.wrap("Amplification: " + profile.sample().tiles() + " subblocks read for "
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
                + ", on " + (estimate.threads() == 1 ? "one thread" : estimate.threads() + " threads")
                + ", with the page cache as it was here. From the tiles above: their time for each "
                + "stored byte, times the bytes of all subblocks of all planes and pyramid layers." + unsampled);
    }

    /**
     * For machines.
     *
     * @param isPartial whether the profile was interrupted
     * @return the report, without a diagnosis
     */
    public JsonObject toJson(boolean isPartial) {
        JsonObject json = new JsonObject();
        json.addProperty("formatVersion", JsonReport.FORMAT_VERSION);
        json.addProperty("kind", "profile");
        json.addProperty("created", created.truncatedTo(ChronoUnit.SECONDS).toString());
        json.addProperty("partial", isPartial);
        json.add("command", JsonReport.strings(command));
        json.add("environment", environment.toJson());
        json.add("file", file.toJson());
        json.add("request", request());
        json.add("amplification", amplificationJson());
        json.add("ceilings", ceilings.toJson());
        JsonObject method = new JsonObject();
        method.addProperty("preset", profile.method().preset());
        method.addProperty("threads", profile.method().threads());
        method.addProperty("passes", profile.passes().size());
        method.addProperty("isSteady", profile.isSteady());
        // Several passes over the same tiles: all but the first find them in memory if there is room for them.
        PageCache.State state = isRemote()
                ? PageCache.State.NOT_APPLICABLE
                : profile.passes().size() > 1 ? PageCache.State.WARM : PageCache.State.PARTLY;
        method.addProperty("pageCache", state.label());
        method.addProperty(
                "stagesOf",
                "pass " + profile.typicalNumber()
                        + ", the median of the later half; firstPass is the one with a cold JIT");
        json.add("method", method);
        addPass(json, profile.typical());
        json.addProperty("processCpuSeconds", profile.processCpuSeconds());
        json.addProperty("gcSeconds", profile.gcSeconds());
        JsonObject first = new JsonObject();
        addPass(first, profile.first());
        json.add("firstPass", first);
        JsonObject tiles = new JsonObject();
        tiles.addProperty("count", profile.typical().tiles().size());
        tiles.addProperty("failed", profile.failures());
        tiles.add("read", percentiles(TileTime::readNanos));
        tiles.add("decode", percentiles(TileTime::decodeNanos));
        tiles.add("place", percentiles(TileTime::placeNanos));
        tiles.add("all", percentiles(TileTime::nanos));
        tiles.add("slowest", slowest());
        tiles.add("list", list());
        json.add("tiles", tiles);
        json.add("estimate", estimateJson());
        return json;
    }

    private JsonObject request() {
        JsonObject json = new JsonObject();
        TileSample sample = profile.sample();
        json.addProperty("plane", profile.plane().plane().toString());
        json.addProperty("scene", profile.plane().scene());
        JsonArray region = new JsonArray();
        region.add(sample.region().x());
        region.add(sample.region().y());
        region.add(sample.region().width());
        region.add(sample.region().height());
        json.add("region", region);
        json.addProperty("pixelType", sample.pixelType().label());
        json.addProperty("io", io());
        json.addProperty("tiles", sample.tiles());
        json.addProperty("tilesOfPlane", sample.tilesOfPlane());
        json.addProperty("hiddenTiles", sample.hiddenTiles());
        json.addProperty("failedTiles", profile.failures());
        json.addProperty("mosaics", sample.requests().size());
        json.addProperty("outputPixels", sample.outputPixels());
        json.addProperty("outputBytes", outputBytes());
        json.addProperty("decodedPixels", sample.decodedPixels());
        json.addProperty("storedBytes", profile.bytesRead());
        return json;
    }

    private static void addPass(JsonObject json, Pass pass) {
        json.addProperty("elapsedSeconds", pass.elapsedNanos() / 1e9);
        json.addProperty("wallSeconds", pass.wallNanos() / 1e9);
        json.addProperty("cpuSeconds", pass.cpuNanos() / 1e9);
        JsonArray stages = new JsonArray();
        for (StageTime stage : pass.stages()) {
            JsonObject one = new JsonObject();
            one.addProperty("name", stage.label());
            one.addProperty("seconds", stage.nanos() / 1e9);
            one.addProperty("cpuSeconds", stage.cpuNanos() / 1e9);
            one.addProperty("share", pass.share(stage));
            stages.add(one);
        }
        json.add("stages", stages);
        json.add("system", pass.system().toJson());
    }

    private JsonArray list() {
        JsonArray array = new JsonArray();
        for (TileTime tile : profile.typical().tiles()) {
            SubblockInfo info = profile.infos().get(tile.subblock());
            JsonObject json = new JsonObject();
            json.addProperty("index", tile.subblock());
            json.addProperty("x", info.logical().x());
            json.addProperty("y", info.logical().y());
            json.addProperty("width", info.logical().width());
            json.addProperty("height", info.logical().height());
            json.addProperty("compression", info.compression().label());
            json.addProperty("storedBytes", tile.storedBytes());
            json.addProperty("worker", tile.worker());
            json.addProperty("startSeconds", tile.startNanos() / 1e9);
            json.addProperty("readSeconds", tile.readNanos() / 1e9);
            json.addProperty("decodeSeconds", tile.decodeNanos() / 1e9);
            json.addProperty("placeSeconds", tile.placeNanos() / 1e9);
            array.add(json);
        }
        return array;
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
                JsonReport.amplification(
                        profile.sample().tiles(),
                        profile.sample().visibleShare().size()));
        json.add("bytes", JsonReport.amplification(profile.bytesRead(), profile.bytesNeeded()));
        json.add(
                "pixels",
                JsonReport.amplification(
                        profile.sample().decodedPixels(), profile.sample().deliveredPixels()));
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
        json.addProperty(
                "method",
                "time of the sampled tiles for each stored byte, by compression and size; threads: "
                        + estimate.threads());
        JsonArray unsampled = new JsonArray();
        estimate.unsampled().forEach(unsampled::add);
        json.add("unsampledCompressions", unsampled);
        return json;
    }
}
