package io.github.czi4j.bench.versus;

import io.github.czi4j.CziReader;
import io.github.czi4j.Mosaic;
import io.github.czi4j.MosaicRequest;
import java.io.IOException;
import java.nio.file.Path;

/** A whole process that reads one mosaic; without a file it only gets ready. */
final class OneMosaic {
    private OneMosaic() {}

    /**
     * Reads the first plane of each file and says how large it is.
     *
     * @param files none or some
     * @throws IOException if one cannot be read
     */
    public static void main(String[] files) throws IOException {
        for (String file : files) {
            try (CziReader reader = CziReader.open(Path.of(file))) {
                Mosaic mosaic = reader.readMosaic(MosaicRequest.wholeImage().plane(reader.plane(0)));
                System.out.println(
                        mosaic.pixels().width() + " " + mosaic.pixels().height());
            }
        }
    }
}
