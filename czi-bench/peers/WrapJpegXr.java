import io.github.czi4j.CziWriter;
import io.github.czi4j.NewSubblock;
import io.github.czi4j.codec.jpegxr.JxrDecoder;
import io.github.czi4j.codec.jpegxr.JxrHeader;
import io.github.czi4j.model.Compression;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts JPEG XR files as they are into a CZI file, one plane each: java -cp czi.jar WrapJpegXr.java OUT.czi FILE.jxr … */
public class WrapJpegXr {
    public static void main(String[] arguments) throws Exception {
        try (CziWriter writer = CziWriter.create(Path.of(arguments[0]))) {
            for (int i = 1; i < arguments.length; i++) {
                byte[] file = Files.readAllBytes(Path.of(arguments[i]));
                JxrHeader header = JxrDecoder.readHeader(file);
                PixelType type =
                        switch (header.format()) {
                            case GRAY8 -> PixelType.GRAY8;
                            case GRAY16 -> PixelType.GRAY16;
                            default -> PixelType.BGR24;
                        };
                writer.addEncoded(
                        NewSubblock.of(new Rect(0, 0, header.width(), header.height()), type)
                                .at(Coordinate.parse("Z" + (i - 1) + "C0"))
                                .compressed(Compression.JPEG_XR),
                        file);
            }
            writer.finish();
        }
    }
}
