package io.github.czi4j.verify;

import io.github.czi4j.index.GroupScan;
import io.github.czi4j.index.SubblockDirectory;
import io.github.czi4j.metadata.ChannelMetadata;
import io.github.czi4j.metadata.DocumentMetadata;
import io.github.czi4j.metadata.TopographyItem;
import io.github.czi4j.model.Bounds;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.IndexRange;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.SubblockGroup;
import io.github.czi4j.verify.Finding.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whether the metadata make sense and agree with the directory. The schema of ZEISS is not at hand: of
 * {@code xmlmetadataschema} it is checked that the XML is well-formed and what cannot be valid by any schema.
 */
final class MetadataChecks {
    static final String BASIC = "basicxmlmetadata";
    static final String SCHEMA = "xmlmetadataschema";
    static final String TOPOGRAPHY = "topographymetadata";

    private final SubblockDirectory directory;
    private final DocumentMetadata metadata;
    private final Findings findings;

    MetadataChecks(SubblockDirectory directory, DocumentMetadata metadata, Findings findings) {
        this.directory = directory;
        this.metadata = metadata;
        this.findings = findings;
    }

    void run() {
        checkForm();
        findings.begin(BASIC);
        if (directory.size() > 0) {
            checkSizes();
            checkChannels();
        }
        checkTopography();
    }

    private void warn(String check, String message) {
        findings.add(Finding.of(Severity.WARNING, check, message));
    }

    private void checkForm() {
        findings.begin(SCHEMA);
        metadata.problems().forEach(problem -> warn(SCHEMA, problem));
        metadata.image().claimedSizes().forEach((dimension, size) -> {
            if (size < 1) {
                warn(SCHEMA, "Size" + dimension + " is " + size + ", but sizes are at least 1");
            }
        });
        metadata.image().time().stored().ifPresent(time -> {
            if (metadata.image().time().acquired().isEmpty()) {
                warn(SCHEMA, "AcquisitionDateAndTime is no time: '" + shorten(time) + "'");
            }
        });
        for (ChannelMetadata channel : metadata.channels()) {
            if (channel.id().isEmpty()) {
                warn(SCHEMA, "channel " + channel.index() + " has no Id");
            }
            if (channel.colour().isPresent() && channel.argb().isEmpty()) {
                warn(
                        SCHEMA,
                        "channel " + channel.index() + " has the colour '"
                                + shorten(channel.colour().get()) + "', which is not of the form #AARRGGBB");
            }
        }
    }

    private static String shorten(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    private void checkSizes() {
        Bounds bounds = directory.bounds();
        compare(Dimension.X, bounds.image().width());
        compare(Dimension.Y, bounds.image().height());
        for (Dimension dimension : Dimension.ofCoordinate()) {
            compare(dimension, bounds.range(dimension).map(IndexRange::size).orElse(1L));
        }
        bounds.mIndex().ifPresent(range -> compare(Dimension.M, range.size()));
    }

    private void compare(Dimension dimension, long actual) {
        Integer claimed = metadata.image().claimedSizes().get(dimension);
        boolean isNeeded = dimension == Dimension.X || dimension == Dimension.Y;
        if (claimed == null && isNeeded) {
            warn(BASIC, "the metadata has no Size" + dimension);
        } else if (claimed != null && claimed != actual) {
            warn(BASIC, "the metadata says Size" + dimension + " = " + claimed + ", the directory " + actual);
        }
    }

    private void checkChannels() {
        SubblockGroup all = GroupScan.of(directory).all();
        IndexRange range = all.dimensions().getOrDefault(Dimension.C, new IndexRange(0, 0));
        if (metadata.channels().isEmpty()) {
            findings.add(Finding.of(Severity.INFO, BASIC, "the metadata describes no channels"));
        } else if (metadata.channels().size() != range.size()) {
            warn(
                    BASIC,
                    "the metadata describes " + metadata.channels().size() + " channels, the directory has "
                            + range.size());
        }
        Map<Integer, ChannelMetadata> channels = metadata.channels(range);
        all.pixelTypes().forEach((c, type) -> checkChannel(c, type, Optional.ofNullable(channels.get(c))));
    }

    private void checkChannel(int c, PixelType type, Optional<ChannelMetadata> channel) {
        if (type == PixelType.UNKNOWN) {
            return;
        }
        Optional<PixelType> claimed =
                channel.flatMap(ChannelMetadata::pixelType).or(metadata.image()::pixelType);
        if (claimed.isPresent() && claimed.get() != type) {
            warn(
                    BASIC,
                    "the metadata says that channel " + c + " is "
                            + claimed.get().label() + ", the directory " + type.label());
        }
        OptionalInt bits = channel.map(ChannelMetadata::componentBitCount).orElse(OptionalInt.empty());
        bits = bits.isPresent() ? bits : metadata.image().componentBitCount();
        int most = 8 * type.sample().bytes();
        if (bits.isPresent() && bits.getAsInt() > most) {
            warn(
                    BASIC,
                    "the metadata says that channel " + c + " has samples of " + bits.getAsInt() + " bits, but "
                            + type.label() + " has " + most);
        }
    }

    private void checkTopography() {
        findings.begin(TOPOGRAPHY);
        IndexRange range = directory.bounds().range(Dimension.C).orElse(new IndexRange(0, 0));
        for (TopographyItem item : metadata.topography()) {
            item.oddities().forEach(oddity -> warn(TOPOGRAPHY, "a topography item has " + oddity));
            checkPart("texture", item.textures(), range);
            checkPart("height map", item.heightMaps(), range);
        }
    }

    private void checkPart(String part, List<TopographyItem.Channel> channels, IndexRange range) {
        if (channels.isEmpty()) {
            warn(TOPOGRAPHY, "a topography item has no " + part);
        }
        for (TopographyItem.Channel channel : channels) {
            if (channel.index().isPresent() && !range.contains(channel.index().getAsInt())) {
                warn(
                        TOPOGRAPHY,
                        "a " + part + " is channel " + channel.index().getAsInt() + ", which the file does not have");
            }
        }
    }
}
