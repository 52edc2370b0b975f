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

/**
 * Puts JPEG XR files as they are into a CZI file, one plane each, or as the tiles of one mosaic, row by row:
 *
 * <pre>
 *   java -cp czi.jar WrapJpegXr.java OUT.czi FILE.jxr …
 *   java -cp czi.jar WrapJpegXr.java OUT.czi --mosaic COLUMNS,STEP FILE.jxr …
 * </pre>
 */
public class WrapJpegXr {
    public static void main(String[] arguments) throws Exception {
        try (CziWriter writer = CziWriter.create(Path.of(arguments[0]))) {
            boolean isMosaic = arguments[1].equals("--mosaic");
            String[] grid = isMosaic ? arguments[2].split(",") : new String[] {"1", "0"};
            int columns = Integer.parseInt(grid[0]);
            int step = Integer.parseInt(grid[1]);
            int first = isMosaic ? 3 : 1;
            for (int i = 0; i < arguments.length - first; i++) {
                byte[] file = Files.readAllBytes(Path.of(arguments[first + i]));
                JxrHeader header = JxrDecoder.readHeader(file);
                PixelType type =
                        switch (header.format()) {
                            case GRAY8 -> PixelType.GRAY8;
                            case GRAY16 -> PixelType.GRAY16;
                            default -> PixelType.BGR24;
                        };
                Rect place = new Rect(i % columns * step, i / columns * step, header.width(), header.height());
                NewSubblock tile = NewSubblock.of(place, type).compressed(Compression.JPEG_XR);
                writer.addEncoded(
                        isMosaic
                                ? tile.at(Coordinate.parse("C0")).m(i)
                                : tile.at(Coordinate.parse("Z" + i + "C0")),
                        file);
            }
            writer.finish();
        }
    }
}
