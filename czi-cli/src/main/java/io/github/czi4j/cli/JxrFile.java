package io.github.czi4j.cli;

import com.google.gson.JsonObject;
import io.github.czi4j.codec.jpegxr.JxrDecoder;
import io.github.czi4j.codec.jpegxr.JxrException;
import io.github.czi4j.codec.jpegxr.JxrImage;
import io.github.czi4j.codec.jpegxr.JxrOptions;
import io.github.czi4j.codec.jpegxr.JxrReadParam;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Rect;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** A JPEG XR file by itself, where a command takes one in place of a CZI. */
final class JxrFile {
    private static final int FORMAT_VERSION = 1;

    private final Path path;

    private JxrFile(Path path) {
        this.path = path;
    }

    /** Whether a name is that of a JPEG XR file. */
    static boolean isNamed(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".jxr") || name.endsWith(".wdp") || name.endsWith(".hdp");
    }

    static JxrFile of(Path path) {
        return new JxrFile(path);
    }

    /** The picture; damage becomes an exception that names the file. */
    JxrImage decode() throws IOException {
        if (Files.isDirectory(path)) {
            throw new IOException(path + ": expected a file, but this is a directory");
        }
        try {
            return JxrDecoder.decode(Files.readAllBytes(path), JxrOptions.defaults());
        } catch (JxrException e) {
            throw CziException.corrupt(path.toString(), e.offset(), e.getMessage());
        }
    }

    /**
     * The picture, or a part of it, as the JDK has it, decoded through its plug-in.
     *
     * @param region null for all
     */
    BufferedImage picture(Rect region, JxrOptions.Resolution resolution) throws IOException {
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(Files.readAllBytes(path)))) {
            ImageReader reader = ImageIO.getImageReadersByFormatName("jxr").next();
            reader.setInput(in);
            JxrReadParam param = (JxrReadParam) reader.getDefaultReadParam();
            param.setResolution(resolution);
            if (region != null) {
                Rect whole = new Rect(0, 0, reader.getWidth(0), reader.getHeight(0));
                if (!whole.contains(region) || region.isEmpty()) {
                    throw new IllegalArgumentException("the region " + region + " is not inside the picture of "
                            + whole.width() + "×" + whole.height() + " pixels");
                }
                param.setSourceRegion(new Rectangle(region.x(), region.y(), region.width(), region.height()));
            }
            BufferedImage picture = reader.read(0, param);
            reader.dispose();
            return picture;
        } catch (IIOException e) {
            throw CziException.corrupt(path.toString(), CziException.NO_OFFSET, e.getMessage());
        }
    }

    /**
     * The fingerprint of its samples: tight rows, little-endian, channels in the order that the pixel format names, pad
     * samples 0.
     */
    void writeDigest(PrintWriter out, String name, boolean isJson) throws IOException {
        JxrImage image = decode();
        String md5 = Digest.md5(image.samples());
        if (!isJson) {
            out.println(
                    image.width() + "×" + image.height() + " " + image.format().label() + "  " + md5);
            return;
        }
        JsonObject pixels = new JsonObject();
        pixels.addProperty("md5", md5);
        JsonObject json = new JsonObject();
        json.addProperty("formatVersion", FORMAT_VERSION);
        json.addProperty("file", name);
        json.addProperty("w", image.width());
        json.addProperty("h", image.height());
        json.addProperty("pixelFormat", image.format().label());
        json.addProperty("channels", image.format().channels());
        json.addProperty("bitsPerChannel", image.format().bitsPerChannel());
        json.add("pixels", pixels);
        out.println(json);
    }
}
