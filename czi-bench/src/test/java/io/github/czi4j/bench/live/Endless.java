package io.github.czi4j.bench.live;

import io.github.czi4j.CziReader;
import io.github.czi4j.MosaicRequest;
import java.nio.file.Path;

/** A program that embeds the reader: it reads mosaics until it is ended; or one that does nothing. */
final class Endless {
    private Endless() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            System.out.println("ready");
            Thread.sleep(60_000);
            return;
        }
        try (CziReader reader = CziReader.open(Path.of(arguments[0]))) {
            System.out.println("ready");
            Thread.sleep(arguments.length > 1 ? 60_000 : 0);
            long end = System.nanoTime() + 60_000_000_000L;
            while (System.nanoTime() < end) {
                reader.readMosaic(MosaicRequest.wholeImage());
            }
        }
    }
}
