package io.github.czi4j.mosaic;

import io.github.czi4j.codec.SplitWords;
import io.github.czi4j.model.Pixels;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;

/**
 * Copies runs of samples from little-endian bytes to a typed array of the same kind. Views and arrays are looked up
 * once, since a tile has a thousand rows.
 */
final class Rows {
    private SplitWords split;
    private ByteBuffer bytes;
    private byte[] byteArray;
    private ShortBuffer shorts;
    private short[] shortArray;
    private IntBuffer ints;
    private int[] intArray;
    private FloatBuffer floats;
    private float[] floatArray;
    private DoubleBuffer doubles;
    private double[] doubleArray;

    Rows(ByteBuffer source, Pixels target) {
        switch (target.type().sample()) {
            case UINT8 -> {
                bytes = source;
                byteArray = target.bytes();
            }
            case UINT16 -> {
                shorts = source.asShortBuffer();
                shortArray = target.shorts();
            }
            case INT32 -> {
                ints = source.asIntBuffer();
                intArray = target.ints();
            }
            case FLOAT32 -> {
                floats = source.asFloatBuffer();
                floatArray = target.floats();
            }
            case FLOAT64 -> {
                doubles = source.asDoubleBuffer();
                doubleArray = target.doubles();
            }
        }
    }

    Rows(SplitWords source, Pixels target) {
        split = source;
        shortArray = target.shorts();
    }

    /** Copies {@code count} samples from sample {@code from} of the bytes to element {@code to} of the array. */
    void copy(int from, int to, int count) {
        if (split != null) {
            split.copy(from, shortArray, to, count);
        } else if (shorts != null) {
            shorts.get(from, shortArray, to, count);
        } else if (bytes != null) {
            bytes.get(from, byteArray, to, count);
        } else if (floats != null) {
            floats.get(from, floatArray, to, count);
        } else if (ints != null) {
            ints.get(from, intArray, to, count);
        } else {
            doubles.get(from, doubleArray, to, count);
        }
    }
}
