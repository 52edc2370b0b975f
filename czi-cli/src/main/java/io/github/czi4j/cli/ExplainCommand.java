package io.github.czi4j.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.czi4j.CziOptions;
import io.github.czi4j.CziReader;
import io.github.czi4j.Mosaic;
import io.github.czi4j.MosaicPlan;
import io.github.czi4j.MosaicRequest;
import io.github.czi4j.bench.console.TextTable;
import io.github.czi4j.bench.console.Units;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.SubblockInfo;
import io.github.czi4j.observe.Stage;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code czi explain}. */
@Command(
        name = "explain",
        description = "Says what reading a mosaic would cost, before a pixel is read; with --analyze what it did cost.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Amplification is what is decoded over what is delivered: 1 where nothing is read in vain.",
            "",
            "Examples:",
            "  czi explain slide.czi --region 12000,8000,2048,2048",
            "  czi explain slide.czi --zoom 0.1 --analyze",
            "  czi explain slide.czi --json | jq .amplification"
        })
final class ExplainCommand implements Callable<Integer> {
    private static final int FORMAT_VERSION = 1;

    @Spec
    private CommandSpec spec;

    @Mixin
    private FileArgument file;

    @Mixin
    private MosaicOptions mosaicOptions;

    @Option(names = "--analyze", description = "Read the mosaic as well, and tell what it really took.")
    private boolean analyze;

    @Option(names = "--json", description = "One JSON object with a formatVersion.")
    private boolean json;

    /** What the subblocks of one size ratio amount to. */
    private static final class Layer {
        private long tiles;
        private long storedBytes;
        private long decodedBytes;
    }

    /** What reading the mosaic took. */
    private record Actual(double seconds, int decoded, long readBytes, int failures, Map<Stage, Double> stageSeconds) {}

    @Override
    public Integer call() throws IOException {
        Map<Stage, LongAdder> nanos = new ConcurrentHashMap<>();
        AtomicLong readBytes = new AtomicLong();
        CziOptions options = CziOptions.defaults().listener((stage, subblock, start, duration, bytes) -> {
            nanos.computeIfAbsent(stage, s -> new LongAdder()).add(duration);
            if (stage == Stage.READ) {
                readBytes.addAndGet(bytes);
            }
        });
        PrintWriter out = spec.commandLine().getOut();
        try (CziReader reader = file.open(options)) {
            MosaicRequest request =
                    mosaicOptions.request(reader, spec.commandLine().getErr());
            MosaicPlan plan = reader.plan(request);
            Map<Double, Layer> layers = layers(reader, plan);
            Actual actual = null;
            if (analyze) {
                nanos.clear();
                readBytes.set(0);
                long begun = System.nanoTime();
                Mosaic mosaic = reader.readMosaic(request);
                double seconds = (System.nanoTime() - begun) / 1e9;
                Map<Stage, Double> stages = new EnumMap<>(Stage.class);
                nanos.forEach((stage, sum) -> stages.put(stage, sum.sum() / 1e9));
                actual = new Actual(
                        seconds,
                        mosaic.decodedCount(),
                        readBytes.get(),
                        mosaic.failures().size(),
                        stages);
            }
            if (json) {
                JsonObject object = json(plan, layers, actual);
                Transfer.addTo(object, reader);
                out.println(object);
            } else {
                tell(plan, layers, actual, out);
                Transfer.text(reader).ifPresent(text -> out.println("transfer       " + text));
            }
        }
        out.flush();
        return 0;
    }

    private static Map<Double, Layer> layers(CziReader reader, MosaicPlan plan) throws CziException {
        Map<Double, Layer> layers = new TreeMap<>();
        for (MosaicPlan.Tile tile : plan.tiles()) {
            SubblockInfo info = tile.subblock();
            double ratio = Math.rint(100.0 * info.logical().width() / info.storedWidth()) / 100;
            Layer layer = layers.computeIfAbsent(ratio, r -> new Layer());
            layer.tiles++;
            layer.decodedBytes += info.decodedBytes();
            try {
                layer.storedBytes += reader.subblock(info.index()).storedBytes();
            } catch (CziException e) {
                // A damaged subblock costs nothing but a look; reading will tell of it.
            }
        }
        return layers;
    }

    private void tell(MosaicPlan plan, Map<Double, Layer> layers, Actual actual, PrintWriter out) {
        out.println("mosaic         " + plan.width() + "×" + plan.height() + " "
                + plan.pixelType().label() + " of " + plan.region() + " (x,y,width,height of full resolution)");
        TextTable table = new TextTable("layer", "tiles>", "stored>", "decoded>");
        layers.forEach((ratio, layer) -> table.row(
                "1:" + (ratio == Math.rint(ratio) ? Long.toString(ratio.longValue()) : Double.toString(ratio)),
                layer.tiles,
                Units.bytes(layer.storedBytes),
                Units.bytes(layer.decodedBytes)));
        out.print(table);
        out.println("hidden         " + plan.hidden().length + " tiles that others cover are left out");
        out.println("amplification  " + String.format(Locale.ROOT, "%.2f", plan.pixelAmplification())
                + " pixels decoded for one delivered");
        out.println("memory         " + Units.bytes(plan.predictedPeakBytes()) + " at most, with " + plan.workers()
                + (plan.workers() == 1 ? " worker" : " workers"));
        if (actual != null) {
            out.println();
            out.println("took           " + Units.seconds(actual.seconds) + ", " + actual.decoded + " tiles decoded, "
                    + Units.bytes(actual.readBytes) + " read, " + actual.failures + " failed");
            actual.stageSeconds.forEach(
                    (stage, seconds) -> out.println("  " + stage.name().toLowerCase(Locale.ROOT) + "  "
                            + Units.seconds(seconds) + " of all workers together"));
        }
    }

    private JsonObject json(MosaicPlan plan, Map<Double, Layer> layers, Actual actual) {
        JsonObject object = new JsonObject();
        object.addProperty("formatVersion", FORMAT_VERSION);
        object.addProperty("file", file.name());
        object.addProperty("width", plan.width());
        object.addProperty("height", plan.height());
        object.addProperty("pixelType", plan.pixelType().label());
        JsonArray array = new JsonArray();
        layers.forEach((ratio, layer) -> {
            JsonObject entry = new JsonObject();
            entry.addProperty("ratio", ratio);
            entry.addProperty("tiles", layer.tiles);
            entry.addProperty("storedBytes", layer.storedBytes);
            entry.addProperty("decodedBytes", layer.decodedBytes);
            array.add(entry);
        });
        object.add("layers", array);
        object.addProperty("hidden", plan.hidden().length);
        object.addProperty("amplification", plan.pixelAmplification());
        object.addProperty("workers", plan.workers());
        object.addProperty("predictedPeakBytes", plan.predictedPeakBytes());
        if (actual != null) {
            JsonObject took = new JsonObject();
            took.addProperty("seconds", actual.seconds);
            took.addProperty("decoded", actual.decoded);
            took.addProperty("readBytes", actual.readBytes);
            took.addProperty("failures", actual.failures);
            JsonObject stages = new JsonObject();
            actual.stageSeconds.forEach(
                    (stage, seconds) -> stages.addProperty(stage.name().toLowerCase(Locale.ROOT), seconds));
            took.add("stageSeconds", stages);
            object.add("actual", took);
        }
        return object;
    }
}
