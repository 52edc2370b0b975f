package io.github.czi4j.bench.live;

import io.github.czi4j.CziOptions;
import io.github.czi4j.CziReader;
import io.github.czi4j.MosaicRequest;
import io.github.czi4j.bench.diagnose.Sources;
import io.github.czi4j.bench.measure.Opener;
import io.github.czi4j.bench.measure.PlaneChoice;
import io.github.czi4j.model.Parallelism;
import java.nio.file.Path;

/**
 * A program that embeds the reader: it reads mosaics until it is ended, or told by a line of input to end by itself, with a
 * trouble of its own; or it does nothing. The arguments are a trouble and a file.
 */
final class Endless {
    private static final long NANOS = 60_000_000_000L;
    private static final int ROOM = 18 << 20;

    private record Node(Node next) {}

    private Endless() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            System.out.println("ready");
            Thread.sleep(NANOS / 1_000_000);
            return;
        }
        Path file = Path.of(arguments[1]);
        Opener opener = switch (arguments[0]) {
            case "throttled" -> Sources.of(file, Sources.throttled(10));
            case "synchronised" -> Sources.of(file, Sources.synchronised(5));
            case "locked" -> Sources.of(file, Sources.locked(5));
            default -> options -> CziReader.open(file, options);
        };
        Parallelism who = switch (arguments[0]) {
            case "synchronised", "locked" -> Parallelism.threads(4);
            default -> Parallelism.sequential();
        };
        Node list = null;
        Runtime runtime = Runtime.getRuntime();
        while (arguments[0].equals("tiny-heap")
                && runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory() > ROOM) {
            for (int i = 0; i < 1000; i++) {
                list = new Node(list);
            }
        }
        try (CziReader reader = opener.open(CziOptions.defaults().parallelism(who))) {
            MosaicRequest request = PlaneChoice.of(reader, null, null).apply(MosaicRequest.wholeImage());
            System.out.println("ready");
            Thread.sleep(arguments[0].equals("idle") ? NANOS / 1_000_000 : 0);
            long end = System.nanoTime() + NANOS;
            while (System.nanoTime() < end && System.in.available() == 0) {
                reader.readMosaic(request);
                Thread.sleep(arguments[0].equals("seldom") ? 200 : 0);
            }
        }
        System.exit(list == null ? 0 : 1);
    }
}
