package io.github.czi4j.metadata;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the microscope is made of, {@code Information/Instrument} (sheet §5.5). What was in use is said by
 * {@link ImageMetadata#optics()} and by each channel.
 *
 * @param microscopes as a rule one
 * @param objectives as a rule the one in use
 * @param detectors cameras and photomultipliers
 * @param lightSources lamps, diodes and lasers
 * @param filterSets reflector modules
 * @param filters of the filter sets
 * @param dichroics of the filter sets
 * @param tubeLenses magnification changers
 */
public record InstrumentMetadata(
        List<Microscope> microscopes,
        List<Objective> objectives,
        List<Detector> detectors,
        List<LightSource> lightSources,
        List<FilterSet> filterSets,
        List<Filter> filters,
        List<Dichroic> dichroics,
        List<TubeLens> tubeLenses) {

    /**
     * A stand.
     *
     * @param id for instance {@code Microscope:1}
     * @param name for instance {@code Axio Observer.Z1 / 7}
     * @param type for instance {@code Inverted}
     * @param system for instance {@code LSM 880, AxioObserver}
     * @param userDefinedName what its owner calls it
     */
    public record Microscope(
            Optional<String> id,
            Optional<String> name,
            Optional<String> type,
            Optional<String> system,
            Optional<String> userDefinedName) {
        static Microscope of(XmlElement microscope) {
            return new Microscope(
                    microscope.attribute("Id"),
                    microscope.attribute("Name"),
                    microscope.text("Type"),
                    microscope.text("System"),
                    microscope.text("UserDefinedName"));
        }
    }

    /**
     * An objective.
     *
     * @param id for instance {@code Objective:1}
     * @param name for instance {@code Plan-Apochromat 20x/0.8}
     * @param nominalMagnification as engraved
     * @param calibratedMagnification as measured
     * @param numericalAperture of the lens
     * @param immersion for instance {@code Air}
     * @param immersionRefractiveIndex of that medium
     * @param workingDistanceMicrometres from lens to specimen
     */
    public record Objective(
            Optional<String> id,
            Optional<String> name,
            OptionalDouble nominalMagnification,
            OptionalDouble calibratedMagnification,
            OptionalDouble numericalAperture,
            Optional<String> immersion,
            OptionalDouble immersionRefractiveIndex,
            OptionalDouble workingDistanceMicrometres) {
        static Objective of(XmlElement objective) {
            return new Objective(
                    objective.attribute("Id"),
                    nameOf(objective),
                    objective.positive("NominalMagnification"),
                    objective.positive("CalibratedMagnification"),
                    objective.positive("LensNA"),
                    objective.text("Immersion"),
                    objective.positive("ImmersionRefractiveIndex"),
                    objective.positive("WorkingDistance"));
        }
    }

    /**
     * A camera or photomultiplier.
     *
     * @param id for instance {@code Detector:Internal}
     * @param name for instance {@code Axiocam 506}
     * @param model of the manufacturer
     * @param type for instance {@code PMT}, {@code Airyscan}
     * @param gain of the detector
     * @param amplificationGain factor
     * @param zoom factor
     * @param adapter in front of it
     */
    public record Detector(
            Optional<String> id,
            Optional<String> name,
            Optional<String> model,
            Optional<String> type,
            OptionalDouble gain,
            OptionalDouble amplificationGain,
            OptionalDouble zoom,
            Optional<String> adapter) {
        static Detector of(XmlElement detector) {
            return new Detector(
                    detector.attribute("Id"),
                    detector.attribute("Name"),
                    detector.text("Manufacturer/Model"),
                    detector.text("Type"),
                    detector.number("Gain"),
                    detector.number("AmplificationGain"),
                    detector.positive("Zoom"),
                    detector.text("Adapter/Manufacturer/Model"));
        }
    }

    /**
     * A lamp, diode or laser.
     *
     * @param id for instance {@code LightSource:1}
     * @param name for instance {@code LED-Module 470nm}
     * @param model of the manufacturer
     * @param kind {@code Laser}, {@code LightEmittingDiode}, {@code Filament}, {@code Arc}, or another name
     * @param type of that kind, for instance {@code Halogen}
     * @param powerMilliwatts above 0
     * @param wavelengthNanometres of a laser
     */
    public record LightSource(
            Optional<String> id,
            Optional<String> name,
            Optional<String> model,
            Optional<String> kind,
            Optional<String> type,
            OptionalDouble powerMilliwatts,
            OptionalDouble wavelengthNanometres) {
        static LightSource of(XmlElement source) {
            XmlElement kind =
                    source.at("LightSourceType").children().stream().findFirst().orElse(XmlElement.NONE);
            return new LightSource(
                    source.attribute("Id"),
                    source.attribute("Name"),
                    source.text("Manufacturer/Model"),
                    Optional.of(kind.name()).filter(name -> !name.isEmpty()),
                    kind.text("Type"),
                    source.positive("Power"),
                    kind.positive("Wavelength"));
        }
    }

    /**
     * A reflector module.
     *
     * @param id for instance {@code FilterSet:1}
     * @param name in words
     * @param excitationFilterIds which of {@link InstrumentMetadata#filters()}
     * @param dichroicId which of {@link InstrumentMetadata#dichroics()}
     * @param emissionFilterIds which of {@link InstrumentMetadata#filters()}
     */
    public record FilterSet(
            Optional<String> id,
            Optional<String> name,
            List<String> excitationFilterIds,
            Optional<String> dichroicId,
            List<String> emissionFilterIds) {
        static FilterSet of(XmlElement set) {
            return new FilterSet(
                    set.attribute("Id"),
                    nameOf(set),
                    ids(set, "ExcitationFilters/ExcitationFilterRef"),
                    set.at("DichroicRef").attribute("Id"),
                    ids(set, "EmissionFilters/EmissionFilterRef"));
        }

        private static List<String> ids(XmlElement set, String path) {
            return set.all(path).stream()
                    .flatMap(filter -> filter.attribute("Id").stream())
                    .toList();
        }
    }

    /**
     * A filter.
     *
     * @param id for instance {@code Filter:1}
     * @param name for instance {@code BP 495-550 + LP 570}
     * @param passes what it lets through
     */
    public record Filter(Optional<String> id, Optional<String> name, Optional<ChannelMetadata.WavelengthRange> passes) {
        static Filter of(XmlElement filter) {
            OptionalDouble from = filter.positive("TransmittanceRange/CutIn");
            OptionalDouble to = filter.positive("TransmittanceRange/CutOut");
            boolean isRange = from.isPresent() && to.isPresent() && from.getAsDouble() <= to.getAsDouble();
            return new Filter(
                    filter.attribute("Id"),
                    nameOf(filter),
                    isRange
                            ? Optional.of(new ChannelMetadata.WavelengthRange(from.getAsDouble(), to.getAsDouble()))
                            : Optional.empty());
        }
    }

    /**
     * A beam splitter.
     *
     * @param id for instance {@code Dichroic:1}
     * @param name for instance {@code MBS 405 + 488}
     * @param wavelengthsNanometres at which it splits
     */
    public record Dichroic(Optional<String> id, Optional<String> name, List<Double> wavelengthsNanometres) {
        static Dichroic of(XmlElement dichroic) {
            return new Dichroic(
                    dichroic.attribute("Id"),
                    nameOf(dichroic),
                    dichroic.all("Wavelengths/Wavelength").stream()
                            .map(wavelength -> XmlElement.number(Optional.of(wavelength.text())))
                            .filter(OptionalDouble::isPresent)
                            .map(OptionalDouble::getAsDouble)
                            .toList());
        }
    }

    /**
     * A magnification changer.
     *
     * @param id for instance {@code TubeLens:1}
     * @param name for instance {@code 1x Tubelens}
     * @param magnification factor
     */
    public record TubeLens(Optional<String> id, Optional<String> name, OptionalDouble magnification) {
        static TubeLens of(XmlElement lens) {
            return new TubeLens(lens.attribute("Id"), nameOf(lens), lens.positive("Magnification"));
        }
    }

    static InstrumentMetadata of(XmlElement instrument) {
        return new InstrumentMetadata(
                instrument.all("Microscopes/Microscope").stream()
                        .map(Microscope::of)
                        .toList(),
                instrument.all("Objectives/Objective").stream()
                        .map(Objective::of)
                        .toList(),
                instrument.all("Detectors/Detector").stream().map(Detector::of).toList(),
                instrument.all("LightSources/LightSource").stream()
                        .map(LightSource::of)
                        .toList(),
                instrument.all("FilterSets/FilterSet").stream()
                        .map(FilterSet::of)
                        .toList(),
                instrument.all("Filters/Filter").stream().map(Filter::of).toList(),
                instrument.all("Dichroics/Dichroic").stream().map(Dichroic::of).toList(),
                instrument.all("TubeLenses/TubeLens").stream().map(TubeLens::of).toList());
    }

    private static Optional<String> nameOf(XmlElement element) {
        return element.attribute("Name").or(() -> element.text("Manufacturer/Model"));
    }
}
