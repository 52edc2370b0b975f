package io.github.czi4j.codec.jpegxr;

import java.util.Objects;
import javax.imageio.ImageReadParam;

/**
 * What the ImageIO plug-in is asked for beyond the usual: a resolution. {@code ImageReader.getDefaultReadParam()} of the
 * plug-in gives one.
 */
public final class JxrReadParam extends ImageReadParam {
    private JxrOptions.Resolution resolution = JxrOptions.Resolution.FULL;

    /** Asks for the exact picture. */
    public JxrReadParam() {}

    /**
     * Chooses the resolution. With any but {@link JxrOptions.Resolution#FULL} the source region, in pixels of the whole
     * picture, is honoured; subsampling and a destination are not, and are refused.
     *
     * @param choice not null
     */
    public void setResolution(JxrOptions.Resolution choice) {
        resolution = Objects.requireNonNull(choice);
    }

    /**
     * The resolution.
     *
     * @return the choice, at first {@link JxrOptions.Resolution#FULL}
     */
    public JxrOptions.Resolution getResolution() {
        return resolution;
    }
}
