package io.github.czi4j.ome;

import io.github.czi4j.metadata.ChannelMetadata;
import io.github.czi4j.metadata.InstrumentMetadata;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Writes the instrument, and knows under which identifier each part of it was written. */
final class OmeInstrument {
    static final String ID = "Instrument:0";
    static final Set<String> MEDIA = Set.of("Air", "Oil", "Water", "Glycerol");
    private static final Set<String> IMMERSIONS = Set.of("Oil", "Water", "WaterDipping", "Air", "Multi", "Glycerol");
    private static final Set<String> STANDS = Set.of("Upright", "Inverted", "Dissection", "Electrophysiology");
    private static final Set<String> DETECTORS =
            Set.of("CCD", "IntensifiedCCD", "PMT", "Photodiode", "EMCCD", "APD", "CMOS", "EBCCD");
    private static final Set<String> FILAMENTS = Set.of("Incandescent", "Halogen");
    private static final Set<String> ARCS = Set.of("Hg", "Xe", "HgXe");

    private final InstrumentMetadata instrument;
    private final Map<String, String> objectives = new HashMap<>();
    private final Map<String, String> detectors = new HashMap<>();
    private final Map<String, String> lightSources = new HashMap<>();
    private final Map<String, String> filterSets = new HashMap<>();
    private final Map<String, String> filters = new HashMap<>();
    private final Map<String, String> dichroics = new HashMap<>();

    OmeInstrument(InstrumentMetadata instrument) {
        this.instrument = instrument;
        name(
                objectives,
                "Objective",
                instrument.objectives().stream().map(o -> o.id()).toList());
        name(
                detectors,
                "Detector",
                instrument.detectors().stream().map(d -> d.id()).toList());
        name(
                lightSources,
                "LightSource",
                instrument.lightSources().stream().map(l -> l.id()).toList());
        name(
                filterSets,
                "FilterSet",
                instrument.filterSets().stream().map(f -> f.id()).toList());
        name(filters, "Filter", instrument.filters().stream().map(f -> f.id()).toList());
        name(
                dichroics,
                "Dichroic",
                instrument.dichroics().stream().map(d -> d.id()).toList());
    }

    private static void name(Map<String, String> names, String kind, List<Optional<String>> ids) {
        for (int i = 0; i < ids.size(); i++) {
            String name = id(kind, i);
            ids.get(i).ifPresent(id -> names.putIfAbsent(id, name));
        }
    }

    private static String id(String kind, int number) {
        return kind + ":0:" + number;
    }

    boolean isEmpty() {
        return instrument.microscopes().isEmpty()
                && instrument.objectives().isEmpty()
                && instrument.detectors().isEmpty()
                && instrument.lightSources().isEmpty()
                && instrument.filterSets().isEmpty();
    }

    Optional<String> objective(Optional<InstrumentMetadata.Objective> objective) {
        return objective.map(used -> id("Objective", instrument.objectives().indexOf(used)));
    }

    Optional<String> detector(Optional<String> id) {
        return id.map(detectors::get);
    }

    Optional<String> lightSource(Optional<String> id) {
        return id.map(lightSources::get);
    }

    Optional<String> filterSet(Optional<String> id) {
        return id.map(filterSets::get);
    }

    void write(OmeWriter out) {
        out.start("Instrument").attribute("ID", ID);
        instrument.microscopes().stream()
                .findFirst()
                .ifPresent(microscope -> out.start("Microscope")
                        .attribute("Model", microscope.name().or(microscope::system))
                        .choice("Type", microscope.type(), STANDS)
                        .end());
        for (int i = 0; i < instrument.lightSources().size(); i++) {
            writeLightSource(
                    out, id("LightSource", i), instrument.lightSources().get(i));
        }
        for (int i = 0; i < instrument.detectors().size(); i++) {
            InstrumentMetadata.Detector detector = instrument.detectors().get(i);
            out.start("Detector")
                    .attribute("ID", id("Detector", i))
                    .attribute("Model", detector.model().or(detector::name))
                    .choice("Type", detector.type(), DETECTORS)
                    .number("Gain", detector.gain())
                    .number("AmplificationGain", detector.amplificationGain())
                    .number("Zoom", detector.zoom())
                    .end();
        }
        for (int i = 0; i < instrument.objectives().size(); i++) {
            InstrumentMetadata.Objective objective = instrument.objectives().get(i);
            out.start("Objective")
                    .attribute("ID", id("Objective", i))
                    .attribute("Model", objective.name())
                    .attribute("Correction", correction(objective.name()))
                    .choice("Immersion", objective.immersion(), IMMERSIONS)
                    .number("LensNA", objective.numericalAperture())
                    .number("NominalMagnification", objective.nominalMagnification())
                    .number("CalibratedMagnification", objective.calibratedMagnification())
                    .positive("WorkingDistance", objective.workingDistanceMicrometres(), "µm")
                    .end();
        }
        writeFilters(out);
        out.end();
    }

    private static Optional<String> correction(Optional<String> name) {
        String text = name.orElse("").toLowerCase(Locale.ROOT);
        if (text.contains("plan-apochromat")) {
            return Optional.of("PlanApo");
        }
        return text.contains("plan-neofluar") ? Optional.of("PlanNeofluar") : Optional.empty();
    }

    private static void writeLightSource(OmeWriter out, String id, InstrumentMetadata.LightSource source) {
        String kind = source.kind().orElse("");
        out.start(
                        switch (kind) {
                            case "Laser", "Arc", "Filament", "LightEmittingDiode" -> kind;
                            default -> "GenericExcitationSource";
                        })
                .attribute("ID", id)
                .attribute("Model", source.model().or(source::name))
                .positive("Power", source.powerMilliwatts(), "mW");
        switch (kind) {
            case "Laser" -> out.positive("Wavelength", source.wavelengthNanometres(), "nm");
            case "Filament" -> out.choice("Type", source.type(), FILAMENTS);
            case "Arc" -> out.choice("Type", source.type(), ARCS);
            default -> {
                // The other kinds have nothing more to say.
            }
        }
        out.end();
    }

    private void writeFilters(OmeWriter out) {
        for (int i = 0; i < instrument.filterSets().size(); i++) {
            InstrumentMetadata.FilterSet set = instrument.filterSets().get(i);
            out.start("FilterSet").attribute("ID", id("FilterSet", i)).attribute("Model", set.name());
            set.excitationFilterIds().forEach(id -> reference(out, "ExcitationFilterRef", filters.get(id)));
            set.dichroicId().ifPresent(id -> reference(out, "DichroicRef", dichroics.get(id)));
            set.emissionFilterIds().forEach(id -> reference(out, "EmissionFilterRef", filters.get(id)));
            out.end();
        }
        for (int i = 0; i < instrument.filters().size(); i++) {
            InstrumentMetadata.Filter filter = instrument.filters().get(i);
            out.start("Filter").attribute("ID", id("Filter", i)).attribute("Model", filter.name());
            filter.passes().ifPresent(range -> writeRange(out, range));
            out.end();
        }
        for (int i = 0; i < instrument.dichroics().size(); i++) {
            out.start("Dichroic")
                    .attribute("ID", id("Dichroic", i))
                    .attribute("Model", instrument.dichroics().get(i).name())
                    .end();
        }
    }

    private static void writeRange(OmeWriter out, ChannelMetadata.WavelengthRange range) {
        out.start("TransmittanceRange")
                .positive("CutIn", OptionalDouble.of(range.fromNanometres()), "nm")
                .positive("CutOut", OptionalDouble.of(range.toNanometres()), "nm")
                .end();
    }

    /** A part that nothing describes is not referred to. */
    private static void reference(OmeWriter out, String name, String id) {
        if (id != null) {
            out.start(name).attribute("ID", id).end();
        }
    }
}
