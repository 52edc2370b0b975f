package io.github.czi4j.bench.measure;

import io.github.czi4j.bench.storage.Location;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Pixels;
import java.io.Closeable;
import java.nio.file.Path;

/** Loads the same tiles again and again in the way of a configuration. Not thread-safe. */
public final class ConfigurationLoader implements Closeable {
    private final Configuration configuration;
    private final Loader loader;

    /**
     * Prepares; nothing is opened yet.
     *
     * @param file the file
     * @param plane the plane
     * @param region what to load
     * @param configuration how
     */
    public ConfigurationLoader(Path file, PlaneChoice plane, RegionChoice region, Configuration configuration) {
        this.configuration = configuration;
        this.loader = Loader.of(new Job(Location.of(file), plane, region.plan().region()), configuration);
    }

    /**
     * Why a configuration cannot load tiles here.
     *
     * @param region what to load
     * @param configuration how
     * @return empty if it can
     */
    public static String obstacle(RegionChoice region, Configuration configuration) {
        return configuration.strategy() == Strategy.PROCESSES
                ? ProcessLoader.obstacle(region.plan(), configuration.io(), 0)
                : configuration.obstacle(false);
    }

    /**
     * The way.
     *
     * @return as it was given
     */
    public Configuration configuration() {
        return configuration;
    }

    /**
     * Opens the file and starts what has to be started, if that is not done.
     *
     * @throws CziException if that fails
     */
    public void open() throws CziException {
        loader.open();
    }

    /**
     * Loads; opens nothing.
     *
     * @return the pixels
     * @throws CziException if the file cannot be read
     */
    public Pixels load() throws CziException {
        return loader.load();
    }

    /**
     * Closes the file, so that it can be dropped from the page cache.
     *
     * @throws CziException if that fails
     */
    public void release() throws CziException {
        loader.release();
    }

    @Override
    public void close() throws CziException {
        loader.close();
    }
}
