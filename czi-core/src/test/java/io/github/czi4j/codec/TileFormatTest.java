package io.github.czi4j.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.czi4j.model.PixelType;
import org.junit.jupiter.api.Test;

class TileFormatTest {
    @Test
    void nearlyAllHasTheRoomOfAll() {
        TileFormat format = new TileFormat(100, 20, PixelType.GRAY16);
        assertEquals(4000, format.bytes());
        assertEquals(4000, format.room(4000));
        assertEquals(4000, format.room(3999));
        assertEquals(4000, format.room(3000));
        assertEquals(2999, format.room(2999));
        assertEquals(0, format.room(0));
        assertEquals(5000, format.room(5000), "a picture may be larger than announced");
    }
}
