package io.github.czi4j.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.bench.storage.IoMode;
import io.github.czi4j.model.TileOrder;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConfigurationGridTest {
    @Test
    void presetsBeginWithTheBaselineAndHaveNoNameTwice() {
        for (ConfigurationGrid.Preset preset : ConfigurationGrid.Preset.values()) {
            List<Configuration> all = ConfigurationGrid.of(preset);
            assertEquals(Configuration.SEQUENTIAL, all.get(0));
            assertEquals(
                    all.size(), all.stream().map(Configuration::name).distinct().count());
        }
        assertEquals(3, ConfigurationGrid.of(ConfigurationGrid.Preset.QUICK).size());
    }

    @Test
    void theLargerPresetsHaveEveryStrategyAndEveryWayToRead() {
        for (ConfigurationGrid.Preset preset :
                List.of(ConfigurationGrid.Preset.MEDIUM, ConfigurationGrid.Preset.FULL)) {
            List<Configuration> all = ConfigurationGrid.of(preset);
            assertEquals(
                    EnumSet.allOf(Strategy.class),
                    all.stream().map(Configuration::strategy).collect(Collectors.toSet()));
            assertEquals(
                    EnumSet.complementOf(EnumSet.of(IoMode.HTTP)),
                    all.stream().map(Configuration::io).collect(Collectors.toSet()));
        }
    }

    @Test
    void whatNeedsAFileSaysSoOfAnAddress() {
        for (Configuration one : ConfigurationGrid.ofAddress(ConfigurationGrid.of(ConfigurationGrid.Preset.FULL))) {
            boolean isThere = one.io() == IoMode.HTTP
                    && one.strategy() != Strategy.PIPELINE
                    && one.strategy() != Strategy.PROCESSES;
            assertEquals(isThere, one.obstacle(true).equals(one.strategy().obstacle()), one.name());
            assertTrue(one.io() != IoMode.HTTP || one.obstacle(false).equals("needs an address"), one.name());
        }
        assertEquals(
                "sequential",
                ConfigurationGrid.ofAddress(List.of(Configuration.SEQUENTIAL))
                        .get(0)
                        .name());
    }

    @Test
    void axesAreMultipliedWithoutDuplicates() {
        assertEquals(
                "[sequential, 1 thread × 10, 1 thread × 25, 2 threads × 10, 2 threads × 25]",
                ConfigurationGrid.of(axes(null, List.of(1, 2, 2), List.of(10, 25), null, null))
                        .toString());
        assertEquals(
                "[sequential, channel, pipeline 2 × 1, channel, 2 processes × 25, channel, "
                        + "pipeline 2 × 1, 2 processes × 25]",
                ConfigurationGrid.of(axes(
                                List.of(Strategy.PIPELINE, Strategy.PROCESSES),
                                List.of(2),
                                null,
                                List.of(IoMode.CHANNEL, IoMode.MAPPED),
                                null))
                        .toString());
        assertEquals(
                "[sequential, rows, 2 virtual × 25, rows, 2 virtual × 25, random]",
                ConfigurationGrid.of(axes(
                                List.of(Strategy.VIRTUAL),
                                List.of(2),
                                null,
                                null,
                                List.of(TileOrder.ROWS, TileOrder.RANDOM)))
                        .toString());
    }

    private static ConfigurationGrid.Axes axes(
            List<Strategy> strategies,
            List<Integer> threads,
            List<Integer> batches,
            List<IoMode> io,
            List<TileOrder> orders) {
        return new ConfigurationGrid.Axes(strategies, threads, batches, io, orders);
    }

    @Test
    void impossibleNumbersAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Configuration.threads(0, 1));
        assertThrows(IllegalArgumentException.class, () -> Configuration.threads(1, 0));
        assertThrows(IllegalArgumentException.class, () -> Configuration.threads(1025, 1));
    }

    @Test
    void aConfigurationSurvivesTheWayToAnotherJvm() {
        for (Configuration configuration : ConfigurationGrid.of(ConfigurationGrid.Preset.FULL)) {
            assertEquals(configuration, Configuration.fromJson(configuration.toJson()));
        }
        assertTrue(Configuration.threads(4, 25)
                .io(IoMode.COALESCED)
                .order(TileOrder.RANDOM)
                .name()
                .equals("4 threads × 25, coalesced, random"));
    }
}
