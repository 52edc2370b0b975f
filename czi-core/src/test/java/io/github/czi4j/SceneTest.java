package io.github.czi4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.czi4j.metadata.Scene;
import io.github.czi4j.metadata.Well;
import io.github.czi4j.model.Coordinate;
import io.github.czi4j.model.CziException;
import io.github.czi4j.model.Dimension;
import io.github.czi4j.model.IndexRange;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import io.github.czi4j.testing.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SceneTest {
    @TempDir
    private Path folder;

    private static String document(String scenes) {
        return "<ImageDocument><Metadata><Information><Image><Dimensions><S><Scenes>" + scenes
                + "</Scenes></S></Dimensions></Image></Information></Metadata></ImageDocument>";
    }

    /** A file with a tile for each coordinate, side by side. */
    private CziReader file(String xml, Coordinate... tiles) throws IOException {
        Path file = folder.resolve("scenes.czi");
        Files.deleteIfExists(file);
        try (CziWriter writer = CziWriter.create(file)) {
            for (int i = 0; i < tiles.length; i++) {
                writer.add(
                        NewSubblock.of(new Rect(20 * i, 5, 10, 10), PixelType.GRAY8)
                                .at(tiles[i]),
                        new byte[100]);
            }
            writer.setMetadataXml(xml);
            writer.finish();
        }
        return CziReader.open(file);
    }

    private static Coordinate scene(int index) {
        return Coordinate.EMPTY.with(Dimension.C, 0).with(Dimension.S, index);
    }

    @Test
    void directoryAndMetadataAreJoinedByTheIndex() throws IOException {
        String xml = document("<Scene Index='7' Name='named'><CenterPosition>1.5,-2.5</CenterPosition></Scene>"
                + "<Scene Index='3' Name='nowhere'/><Scene Index='7' Name='again'/><Scene Name='no index'/>");
        try (CziReader reader = file(xml, scene(7), scene(-2), Coordinate.EMPTY.with(Dimension.C, 2), scene(7))) {
            List<Scene> scenes = reader.scenes();
            assertEquals(List.of(-2, 3, 7), scenes.stream().map(Scene::index).toList());
            Scene unnamed = scenes.get(0);
            assertTrue(unnamed.isStored());
            assertEquals(Optional.empty(), unnamed.name());
            assertEquals(new Rect(20, 5, 10, 10), unnamed.image());
            Scene nowhere = scenes.get(1);
            assertFalse(nowhere.isStored());
            assertEquals(Optional.of("nowhere"), nowhere.name());
            assertEquals(Rect.EMPTY, nowhere.image());
            assertEquals(Optional.empty(), nowhere.contents());
            Scene named = scenes.get(2);
            assertEquals(Optional.of("named"), named.name());
            assertEquals(new Rect(0, 5, 70, 10), named.image());
            assertEquals(2, named.subblocks());
            assertEquals(-2.5, named.centre().orElseThrow().yMicrometres());
            assertEquals(
                    Map.of(Dimension.C, new IndexRange(0, 0)),
                    named.contents().orElseThrow().dimensions(),
                    "the tile without S belongs to no scene");
            assertEquals(
                    PixelType.GRAY8, named.contents().orElseThrow().pixelTypes().get(0));
        }
    }

    @Test
    void metadataAreReadOnce() throws IOException {
        try (CziReader reader = file(document("<Scene Index='0'/>"), scene(0))) {
            assertSame(reader.metadata(), reader.metadata());
        }
    }

    @Test
    void metadataThatCannotBeReadDoNotHideTheScenes() throws IOException {
        file("<a>&x;<b></a>", scene(4)).close();
        Path file = folder.resolve("scenes.czi");
        byte[] bytes = Files.readAllBytes(file);
        bytes[92] = 1; // the position of the metadata
        Files.write(file, bytes);
        try (CziReader reader = CziReader.open(file)) {
            assertThrows(CziException.class, reader::metadata);
            assertEquals(List.of(4), reader.scenes().stream().map(Scene::index).toList());
            assertTrue(reader.omeXml().contains("<Image ID=\"Image:0\""));
        }
    }

    @Test
    void wellsAreToldByContainerOrLabel() throws IOException {
        String xml = document("<Scene Index='0'><Shape Id='4-6' Name='D6'><RowIndex>4</RowIndex>"
                + "<ColumnIndex>6</ColumnIndex></Shape></Scene>"
                + "<Scene Index='1'><ArrayName>AB07</ArrayName></Scene>"
                + "<Scene Index='2'><Shape Id='x'><RowIndex>28</RowIndex><ColumnIndex>1</ColumnIndex></Shape></Scene>"
                + "<Scene Index='3'><ArrayName>left slide</ArrayName></Scene>"
                + "<Scene Index='4' Name='A1'/>"
                + "<Scene Index='5'><Shape><RowIndex>0</RowIndex><ColumnIndex>-1</ColumnIndex></Shape></Scene>");
        try (CziReader reader = file(xml)) {
            List<Optional<Well>> wells =
                    reader.scenes().stream().map(Scene::well).toList();
            assertEquals(
                    new Well("D6", OptionalInt.of(4), OptionalInt.of(6), Optional.of("4-6"), Optional.empty()),
                    wells.get(0).orElseThrow());
            assertEquals(Optional.of("D"), wells.get(0).orElseThrow().rowLabel());
            assertEquals(OptionalInt.of(28), wells.get(1).orElseThrow().row());
            assertEquals(OptionalInt.of(7), wells.get(1).orElseThrow().column());
            assertEquals("AB1", wells.get(2).orElseThrow().label());
            assertEquals(OptionalInt.empty(), wells.get(3).orElseThrow().row());
            assertEquals(Optional.empty(), wells.get(4), "a name alone makes no well");
            assertEquals(Optional.empty(), wells.get(5));
        }
    }

    @Test
    void aScenePerSubblockIsHeldAgainstTheMemoryLimit() throws IOException {
        Coordinate[] tiles = new Coordinate[200];
        for (int i = 0; i < tiles.length; i++) {
            tiles[i] = scene(i * 1000);
        }
        file("", tiles).close();
        Path file = folder.resolve("scenes.czi");
        try (CziReader reader = CziReader.open(file, CziOptions.defaults().memoryLimit(100_000))) {
            assertEquals(
                    CziException.Kind.LIMIT,
                    assertThrows(CziException.class, reader::scenes).kind());
        }
    }

    @Test
    void realWellsAndRegionsAreKnown() throws IOException {
        try (CziReader reader = CziReader.open(Corpus.require("real/1_tileregion.czi"))) {
            Scene scene = reader.scenes().get(0);
            assertEquals("TR1", scene.name().orElseThrow());
            assertEquals(new Rect(118583, 88865, 1480, 570), scene.image());
            assertEquals(47729.178, scene.centre().orElseThrow().xMicrometres());
            assertEquals(Map.of(1, 7, 2, 1), scene.contents().orElseThrow().layers());
            Well well = scene.well().orElseThrow();
            assertEquals("D6", well.label());
            assertEquals("Multichamber 96", well.plate().orElseThrow().name().orElseThrow());
        }
        try (CziReader reader = CziReader.open(Corpus.require("real/nuc_small.czi"))) {
            Scene scene = reader.scenes().get(0);
            assertEquals("P1", scene.name().orElseThrow());
            assertEquals("A1", scene.well().orElseThrow().label());
            assertEquals("Multiwell 96", scene.plate().orElseThrow().name().orElseThrow());
        }
    }

    /** The boxes are those of the directory for every file, whatever its metadata are. */
    @Test
    void everyStoredSceneOfTheCorpusIsThere() throws IOException {
        Path real = Corpus.require("real/tiles.czi").getParent();
        int scenes = 0;
        for (Path part : List.of(real, real.resolveSibling("made"))) {
            try (Stream<Path> files = Files.list(part)) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".czi")).toList()) {
                    try (CziReader reader = CziReader.open(file)) {
                        Map<Integer, Rect> boxes = new TreeMap<>();
                        reader.bounds().scenes().forEach((index, bounds) -> boxes.put(index, bounds.image()));
                        Map<Integer, Rect> told = new TreeMap<>();
                        reader.scenes().stream()
                                .filter(Scene::isStored)
                                .forEach(scene -> told.put(scene.index(), scene.image()));
                        assertEquals(boxes, told, file::toString);
                        scenes += told.size();
                    } catch (CziException e) {
                        // made to be damaged
                    }
                }
            }
        }
        assertTrue(scenes > 25, scenes + " scenes");
    }
}
