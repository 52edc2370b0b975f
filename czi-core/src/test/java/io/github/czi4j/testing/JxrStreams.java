package io.github.czi4j.testing;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The JPEG XR files that are part of the project: pictures by formula (resources/jxr/make.sh). */
public final class JxrStreams {
    private JxrStreams() {}

    /** One of each colour, overlap and order of bits, encoded without loss. */
    public static List<String> lossless() {
        return List.of(
                "gray8-overlap0",
                "gray8-overlap1",
                "gray8-overlap2-spatial",
                "gray8-tiles",
                "gray16-overlap1",
                "bgr24-overlap1",
                "rgb24-overlap2",
                "rgb48-overlap0");
    }

    /** The bytes of a file. */
    public static byte[] stream(String name) throws IOException {
        try (InputStream in = JxrStreams.class.getResourceAsStream("/jxr/" + name + ".jxr")) {
            return in.readAllBytes();
        }
    }
}
