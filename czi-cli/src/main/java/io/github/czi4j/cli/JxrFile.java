package io.github.czi4j.cli;

import com.google.gson.JsonObject;
import io.github.czi4j.codec.jpegxr.JxrDecoder;
import io.github.czi4j.codec.jpegxr.JxrException;
import io.github.czi4j.codec.jpegxr.JxrImage;
import io.github.czi4j.codec.jpegxr.JxrOptions;
import io.github.czi4j.model.CziException;
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

    /** The picture as the JDK has it, decoded through its plug-in. */
    BufferedImage picture() throws IOException {
        BufferedImage picture;
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(Files.readAllBytes(path)))) {
            ImageReader reader = ImageIO.getImageReadersByFormatName("jxr").next();
            reader.setInput(in);
            picture = reader.read(0);
            reader.dispose();
        } catch (IIOException e) {
            throw CziException.corrupt(path.toString(), CziException.NO_OFFSET, e.getMessage());
        }
        return picture;
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
