package io.github.czi4j.sample;

import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import java.time.Instant;
import java.util.Locale;

/** The XML of a sample: document (sheet §12.4) and subblocks (sheet §3.3). */
final class SampleMetadata {
    private static final Instant BEGIN = Instant.parse("2026-01-15T09:00:00Z");
    private static final double TILE_SECONDS = 0.25;
    private static final String[][] DYES = {
        {"DAPI", "#FF0000FF", "353", "465"},
        {"EGFP", "#FF00FF5B", "488", "509"},
        {"DsRed", "#FFFF7B00", "553", "583"},
        {"Cy5", "#FFFF0014", "650", "673"},
    };

    private final SampleRecipe recipe;

    SampleMetadata(SampleRecipe recipe) {
        this.recipe = recipe;
    }

    String document(Rect image) {
        PixelType type = recipe.pixelType();
        int bits = type == PixelType.GRAY16 ? 12 : type.sample().bytes() * 8;
        StringBuilder xml = new StringBuilder("<ImageDocument><Metadata><Version>1.0</Version><Information>");
        xml.append("<Document><Title>Synthetic sample</Title></Document>");
        xml.append("<Application><Name>czi4j</Name></Application><Image>");
        element(xml, "SizeX", image.width());
        element(xml, "SizeY", image.height());
        element(xml, "SizeC", recipe.channels());
        element(xml, "SizeZ", recipe.focalPlanes());
        element(xml, "SizeT", recipe.timePoints());
        element(xml, "SizeS", recipe.scenes());
        element(xml, "SizeM", recipe.columns() * recipe.rows());
        element(xml, "PixelType", zenName(type));
        element(xml, "ComponentBitCount", bits);
        element(xml, "AcquisitionDateAndTime", BEGIN);
        xml.append("<Dimensions><Channels>");
        for (int c = 0; c < recipe.channels(); c++) {
            channel(xml, c, type, bits);
        }
        xml.append("</Channels><S><Scenes>");
        for (int s = 0; s < recipe.scenes(); s++) {
            xml.append("<Scene Index=\"")
                    .append(s)
                    .append("\" Name=\"Scene ")
                    .append(s + 1)
                    .append("\"/>");
        }
        xml.append("</Scenes></S></Dimensions></Image><Instrument><Objectives><Objective Id=\"Objective:1\" ");
        xml.append("Name=\"Plan-Apochromat 20x/0.8\"><NominalMagnification>20</NominalMagnification>");
        xml.append("<LensNA>0.8</LensNA><Immersion>Air</Immersion></Objective></Objectives></Instrument>");
        xml.append("</Information><Scaling><Items>");
        for (String axis : new String[] {"X", "Y"}) {
            xml.append("<Distance Id=\"").append(axis).append("\"><Value>").append(recipe.pixelSize() / 1e6);
            xml.append("</Value><DefaultUnitFormat>µm</DefaultUnitFormat></Distance>");
        }
        return xml.append("</Items></Scaling></Metadata></ImageDocument>").toString();
    }

    private static void channel(StringBuilder xml, int c, PixelType type, int bits) {
        String[] dye = DYES[c % DYES.length];
        boolean isColour = type.samplesPerPixel() == 3;
        String name = isColour ? "Brightfield" : c < DYES.length ? dye[0] : dye[0] + "-" + (c / DYES.length + 1);
        xml.append("<Channel Id=\"Channel:")
                .append(c)
                .append("\" Name=\"")
                .append(name)
                .append("\">");
        element(xml, "PixelType", zenName(type));
        element(xml, "ComponentBitCount", bits);
        if (!isColour) {
            element(xml, "Fluor", dye[0]);
            element(xml, "Color", dye[1]);
            element(xml, "ExcitationWavelength", dye[2]);
            element(xml, "EmissionWavelength", dye[3]);
        }
        xml.append("</Channel>");
    }

    private static String zenName(PixelType type) {
        return switch (type) {
            case GRAY8 -> "Gray8";
            case GRAY16 -> "Gray16";
            case BGR24 -> "Bgr24";
            case BGR48 -> "Bgr48";
            default -> "Gray32Float";
        };
    }

    private static void element(StringBuilder xml, String name, Object value) {
        xml.append('<')
                .append(name)
                .append('>')
                .append(value)
                .append("</")
                .append(name)
                .append('>');
    }

    /** The stage stands at the centre of the camera's frame. */
    String subblock(Rect place, long number) {
        double x = (place.x() + place.width() / 2.0) * recipe.pixelSize();
        double y = (place.y() + place.height() / 2.0) * recipe.pixelSize();
        Instant time = BEGIN.plusMillis((long) (number * TILE_SECONDS * 1000));
        return String.format(
                Locale.ROOT,
                "<METADATA><Tags><AcquisitionTime>%s</AcquisitionTime><StageXPosition>%+017.4f</StageXPosition>"
                        + "<StageYPosition>%+017.4f</StageYPosition></Tags></METADATA>",
                time,
                x,
                y);
    }
}
