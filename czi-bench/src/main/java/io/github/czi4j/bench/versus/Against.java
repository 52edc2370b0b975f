package io.github.czi4j.bench.versus;

import com.google.gson.JsonObject;
import io.github.czi4j.bench.measure.Interval;
import io.github.czi4j.bench.report.JsonReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Against libCZI: measures the lines of the table, and what comes with them. */
final class Against {
    /** Tiles of two threads against one must reach this share of twice the speed. */
    static final double SCALING = 0.95;
    /** Heap for each tile beside its pixels, in steady state. */
    static final long ALLOCATION = 64 << 10;

    /** Which of the contestants that last is libCZI. */
    private static final int LIBCZI = 0;

    private final DataFiles files;
    private final Sides sides;
    private final Duel duel;

    /**
     * Sets it up.
     *
     * @param files what is read
     * @param sides both
     * @param duel how long
     */
    Against(DataFiles files, Sides sides, Duel duel) {
        this.files = files;
        this.sides = sides;
        this.duel = duel;
    }

    /**
     * Measures a line of the table.
     *
     * @param row the line
     * @return its figures, and those of the machine that the same runs give
     * @throws IOException if a side fails
     */
    List<Figure> measure(Row row) throws IOException {
        Path file = files.file(row.data());
        DataFiles.warm(List.of(file));
        return switch (row.kind()) {
            case INFO -> info(row, file);
            case PROCESS -> process(row, file);
            case FIRST -> first(row, Work.of(row.kind(), file));
            default -> lasting(row, Work.of(row.kind(), file));
        };
    }

    private List<Figure> lasting(Row row, Work work) throws IOException {
        boolean opensOnly = row.kind() == Row.Kind.DIRECTORY;
        boolean hasOne = !Double.isNaN(row.one());
        boolean hasBoth = !Double.isNaN(row.both());
        List<Figure> figures = new ArrayList<>();
        List<Contestant.Lasting> all = new ArrayList<>();
        try {
            Contestant.Lasting libczi = add(all, sides.libczi(row.kind().script(), work, opensOnly));
            List<String> theirs = libczi.hashes();
            boolean isSame = true;
            if (hasOne) {
                isSame =
                        theirs.equals(add(all, sides.own(work, true, opensOnly)).hashes());
            }
            if (hasBoth) {
                isSame &= theirs.equals(
                        add(all, sides.own(work, false, opensOnly)).hashes());
            }
            Duel.Times times = duel.run(all);
            int both = hasOne ? 2 : 1;
            if (hasOne) {
                figures.add(ratio(row, Figure.ONE, row.one(), times, 1, isSame, all));
            }
            if (hasBoth) {
                figures.add(ratio(row, Figure.TWO, row.both(), times, both, isSame, all));
            }
            boolean makesTiles = row.kind() == Row.Kind.TILES;
            if (hasOne && hasBoth && (makesTiles || row.kind() == Row.Kind.TILES_INTO)) {
                figures.add(scaling(row, times, 1, both));
            }
            if (makesTiles || row.kind() == Row.Kind.MOSAIC) {
                figures.add(allocation(row, all.get(1), work));
            }
        } finally {
            all.forEach(Contestant::close);
        }
        return figures;
    }

    private static Contestant.Lasting add(List<Contestant.Lasting> all, Contestant.Lasting one) {
        all.add(one);
        return one;
    }

    private static Figure ratio(
            Row row,
            String cores,
            double target,
            Duel.Times times,
            int own,
            boolean isSame,
            List<Contestant.Lasting> all) {
        JsonObject details = details(times, own, LIBCZI);
        details.add("cpuRatio", JsonReport.interval(times.cpuRatio(own, LIBCZI)));
        details.addProperty("samePixels", isSame);
        details.addProperty("ownStartUpSeconds", all.get(own).startUpSeconds());
        details.addProperty("libcziStartUpSeconds", all.get(LIBCZI).startUpSeconds());
        details.addProperty("libcziVersion", all.get(LIBCZI).version());
        return new Figure(
                row.id(), row.work(), Figure.Unit.RATIO, cores, target, false, times.ratio(own, LIBCZI), details);
    }

    private static JsonObject details(Duel.Times times, int own, int libczi) {
        JsonObject details = new JsonObject();
        details.add("own", JsonReport.interval(times.of(own)));
        details.add("libczi", JsonReport.interval(times.of(libczi)));
        details.addProperty("rounds", times.rounds());
        return details;
    }

    /** One thread's time over twice that of two, round by round. */
    private static Figure scaling(Row row, Duel.Times times, int one, int both) {
        Interval speedUp = times.ratio(one, both);
        JsonObject details = new JsonObject();
        details.add("one", JsonReport.interval(times.of(one)));
        details.add("two", JsonReport.interval(times.of(both)));
        int processors = Runtime.getRuntime().availableProcessors();
        details.addProperty("threads", processors);
        return new Figure(
                "scaling-" + row.id(),
                "scaling from 1 thread to " + processors + ": " + row.work(),
                Figure.Unit.SHARE,
                Figure.TWO,
                SCALING,
                true,
                Machine.scaled(speedUp, 1.0 / processors),
                details);
    }

    private static Figure allocation(Row row, Contestant.Lasting own, Work work) throws IOException {
        JsonObject request = work.request(false);
        request.addProperty("do", "allocation");
        double bytes = own.ask(request).get("bytesPerTile").getAsDouble();
        return new Figure(
                "allocation-" + row.id(),
                "heap for a tile beside its pixels: " + row.work(),
                Figure.Unit.BYTES,
                Figure.ONE,
                ALLOCATION,
                false,
                Interval.of(bytes),
                new JsonObject());
    }

    private List<Figure> first(Row row, Work work) throws IOException {
        Duel once = new Duel(duel.effort().withoutWarmUp());
        Duel.Times times = once.run(
                List.of(sides.ownFresh(work, true), sides.libcziFresh(row.kind().script(), work)));
        return List.of(new Figure(
                row.id(),
                row.work(),
                Figure.Unit.RATIO,
                Figure.ONE,
                row.one(),
                false,
                times.ratio(0, 1),
                details(times, 0, 1)));
    }

    /** The command as people type it; beside it a JVM that does nothing. */
    private List<Figure> info(Row row, Path file) throws IOException {
        Duel.Times times = new Duel(duel.effort().withoutWarmUp())
                .run(List.of(
                        new Contestant.Command(List.of(sides.czi().toString(), "info", file.toString())),
                        new Contestant.Command(sides.java(List.of(), OneMosaic.class))));
        JsonObject details = new JsonObject();
        details.add("own", JsonReport.interval(times.of(0)));
        details.add("emptyJvm", JsonReport.interval(times.of(1)));
        details.addProperty("rounds", times.rounds());
        return List.of(new Figure(
                row.id(), row.work(), Figure.Unit.SECONDS, Figure.ONE, row.one(), false, times.of(0), details));
    }

    /** Whole processes; beside them the same processes that only get ready. */
    private List<Figure> process(Row row, Path file) throws IOException {
        String name = file.toString();
        Duel.Times times = new Duel(duel.effort().withoutWarmUp())
                .run(List.of(
                        new Contestant.Command(sides.java(List.of(), OneMosaic.class, name)),
                        new Contestant.Command(sides.python("one_mosaic.py", name)),
                        new Contestant.Command(sides.java(List.of(), OneMosaic.class)),
                        new Contestant.Command(sides.python("one_mosaic.py"))));
        JsonObject details = details(times, 0, 1);
        details.add("emptyJvm", JsonReport.interval(times.of(2)));
        details.add("pythonReady", JsonReport.interval(times.of(3)));
        return List.of(new Figure(
                row.id(), row.work(), Figure.Unit.RATIO, Figure.TWO, row.both(), false, times.ratio(0, 1), details));
    }
}
