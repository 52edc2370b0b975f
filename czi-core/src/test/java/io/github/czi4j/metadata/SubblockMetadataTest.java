package io.github.czi4j.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SubblockMetadataTest {
    private static final String FULL = "<METADATA><Tags><AcquisitionTime>2021-06-15T06:09:43.0304818Z</AcquisitionTime>"
            + "<StageXPosition>+000000038581.6160</StageXPosition><StageYPosition>-12.5</StageYPosition>"
            + "<FocusPosition>111.842</FocusPosition><RoiCenterOffsetX>+000000000001.5000</RoiCenterOffsetX>"
            + "<RoiCenterOffsetY>0</RoiCenterOffsetY><ExposureTime>12</ExposureTime>"
            + "<DetectorState>&lt;CameraState a=\"1\"/&gt;</DetectorState><A><B>deep</B></A></Tags>"
            + "<DataSchema><ValidBitsPerPixel>14</ValidBitsPerPixel></DataSchema>"
            + "<AttachmentSchema><DataFormat>CHUNKCONTAINER</DataFormat></AttachmentSchema></METADATA>";

    private static SubblockMetadata parse(String xml) {
        return SubblockMetadata.parse(xml.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void everythingIsTyped() {
        SubblockMetadata metadata = parse(FULL);
        assertEquals(
                Instant.parse("2021-06-15T06:09:43.030481800Z"),
                metadata.acquisitionTime().orElseThrow());
        assertEquals(OptionalDouble.of(38581.616), metadata.stageXMicrometres());
        assertEquals(OptionalDouble.of(-12.5), metadata.stageYMicrometres());
        assertEquals(OptionalDouble.of(111.842), metadata.focusMicrometres());
        assertEquals(OptionalDouble.of(1.5), metadata.roiCentreOffsetXMicrometres());
        assertEquals(OptionalDouble.of(0), metadata.roiCentreOffsetYMicrometres());
        assertEquals(OptionalDouble.of(12), metadata.number("ExposureTime"));
        assertEquals(OptionalInt.of(14), metadata.validBits());
        assertEquals(Optional.of("CHUNKCONTAINER"), metadata.attachmentFormat());
        assertEquals("<CameraState a=\"1\"/>", metadata.tags().get("DetectorState"));
        assertEquals("deep", metadata.tags().get("A/B"));
        assertEquals("2021-06-15T06:09:43.0304818Z", metadata.tags().get("AcquisitionTime"));
        assertEquals(List.of(), metadata.problems());
    }

    @Test
    void oneOfTwoMayBeMissing() {
        SubblockMetadata metadata = parse("<METADATA><Tags><StageYPosition>3</StageYPosition></Tags></METADATA>");
        assertEquals(OptionalDouble.empty(), metadata.stageXMicrometres());
        assertEquals(OptionalDouble.of(3), metadata.stageYMicrometres());
        assertEquals(Optional.empty(), metadata.acquisitionTime());
    }

    @Test
    void emptyDocumentsSayNothing() {
        for (String xml : List.of("", "<METADATA/>", "<METADATA></METADATA>\0\0\0", "\0", "  ")) {
            SubblockMetadata metadata = parse(xml);
            assertEquals(Map.of(), metadata.tags(), xml);
            assertEquals(List.of(), metadata.problems(), xml);
        }
        assertEquals(Map.of(), parse("<OTHER><Tags><A>1</A></Tags></OTHER>").tags());
    }

    @Test
    void whatWritersGetWrongDoesNoHarm() {
        byte[] xml = ("\uFEFF" + FULL.replace("deep", "d?p") + "\0\0 \r\n\0").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < xml.length; i++) {
            if (xml[i] == '?') {
                xml[i] = (byte) 0xE9; // Latin-1, no UTF-8
            }
        }
        SubblockMetadata metadata = SubblockMetadata.parse(xml);
        assertEquals("d\uFFFDp", metadata.tags().get("A/B"));
        assertEquals(OptionalDouble.of(38581.616), metadata.stageXMicrometres());
        assertEquals(List.of(), metadata.problems());
    }

    @Test
    void numbersAndTimesThatAreNoneAreEmpty() {
        SubblockMetadata metadata = parse("<METADATA><Tags><StageXPosition>1,5</StageXPosition>"
                + "<StageYPosition>NaN</StageYPosition><AcquisitionTime>yesterday</AcquisitionTime></Tags>"
                + "<DataSchema><ValidBitsPerPixel>-3</ValidBitsPerPixel></DataSchema></METADATA>");
        assertEquals(OptionalDouble.empty(), metadata.stageXMicrometres());
        assertEquals(OptionalDouble.empty(), metadata.stageYMicrometres());
        assertEquals(Optional.empty(), metadata.acquisitionTime());
        assertEquals("yesterday", metadata.tags().get("AcquisitionTime"));
        assertEquals(OptionalInt.empty(), metadata.validBits());
    }

    @Test
    void theLocaleOfTheUserDoesNotMatter() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertEquals(OptionalDouble.of(38581.616), parse(FULL).stageXMicrometres());
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertEquals(parse(FULL), parse(FULL));
            assertEquals(OptionalDouble.of(111.842), parse(FULL).focusMicrometres());
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void damageLeavesWhatStandsBefore() {
        String cut = FULL.substring(0, FULL.indexOf("<FocusPosition>") + 20);
        SubblockMetadata metadata = parse(cut);
        assertEquals(OptionalDouble.of(-12.5), metadata.stageYMicrometres());
        assertFalse(metadata.problems().isEmpty());
        assertFalse(parse("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>" + FULL)
                .problems()
                .isEmpty());
    }

    @Test
    void moreTagsThanAnybodyHasAreLeftOut() {
        StringBuilder xml = new StringBuilder("<METADATA><Tags>");
        for (int i = 0; i < 10_001; i++) {
            xml.append("<t").append(i).append(">1</t").append(i).append('>');
        }
        SubblockMetadata metadata = parse(xml + "</Tags></METADATA>");
        assertEquals(10_000, metadata.tags().size());
        assertEquals(1, metadata.problems().size());
    }

    @Test
    void anyBytesGiveAResult() {
        Random random = new Random(11);
        byte[] full = FULL.getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 5_000; round++) {
            byte[] mutated = full.clone();
            for (int i = 0; i < 3; i++) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
            }
            SubblockMetadata metadata = SubblockMetadata.parse(mutated);
            assertTrue(metadata.tags().size() <= 20, () -> metadata.tags().toString());
        }
    }
}
