package io.github.czi4j.codec.jpegxr;

import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;

/** Lets {@code javax.imageio.ImageIO} read JPEG XR: found as a service where this library is on the path. */
public final class JxrImageReaderSpi extends ImageReaderSpi {
    private static final String[] NAMES = {"JPEG XR", "jpeg xr", "JXR", "jxr", "WDP", "wdp", "HDP", "hdp"};
    private static final String[] SUFFIXES = {"jxr", "wdp", "hdp"};
    private static final String[] MIME_TYPES = {"image/jxr", "image/vnd.ms-photo"};

    /** For the service loader. */
    public JxrImageReaderSpi() {
        super(
                "czi4j",
                "0.1",
                NAMES,
                SUFFIXES,
                MIME_TYPES,
                JxrImageReader.class.getName(),
                new Class<?>[] {ImageInputStream.class},
                null,
                false,
                null,
                null,
                null,
                null,
                false,
                null,
                null,
                null,
                null);
    }

    @Override
    public boolean canDecodeInput(Object source) throws IOException {
        if (!(source instanceof ImageInputStream in)) {
            return false;
        }
        byte[] begin = new byte[4];
        in.mark();
        try {
            return in.read(begin) == begin.length && JxrDecoder.hasMagic(begin);
        } finally {
            in.reset();
        }
    }

    @Override
    public ImageReader createReaderInstance(Object extension) {
        return new JxrImageReader(this);
    }

    @Override
    public String getDescription(Locale locale) {
        return "JPEG XR (ITU-T T.832) in pure Java";
    }
}
