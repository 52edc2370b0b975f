package io.github.czi4j.index;

import java.util.Arrays;

/**
 * A column of ints that takes as many bytes a row as its values need: none while all rows are equal, else one, two or
 * four. Rows are appended in order; when all are there it is safe to share.
 */
final class IntColumn {
    private int size;
    /** Value of all rows while no array exists. */
    private int constant;

    private byte[] bytes;
    private short[] shorts;
    private int[] ints;

    void add(int value) {
        if (ints != null) {
            ints = grow(ints);
            ints[size++] = value;
        } else if (shorts != null && value == (short) value) {
            shorts = grow(shorts);
            shorts[size++] = (short) value;
        } else if (bytes != null && value == (byte) value) {
            bytes = grow(bytes);
            bytes[size++] = (byte) value;
        } else if (bytes == null && shorts == null && (size == 0 || value == constant)) {
            constant = value;
            size++;
        } else {
            widen(value);
            add(value);
        }
    }

    int get(int row) {
        if (ints != null) {
            return ints[row];
        }
        if (shorts != null) {
            return shorts[row];
        }
        return bytes != null ? bytes[row] : constant;
    }

    /** Whether all rows are equal. */
    boolean isConstant() {
        return ints == null && shorts == null && bytes == null;
    }

    private void widen(int value) {
        boolean byteFits = shorts == null && value == (byte) value && constant == (byte) constant;
        boolean shortFits = value == (short) value && constant == (short) constant;
        int capacity = Math.max(16, size + 1);
        if (byteFits && bytes == null) {
            bytes = new byte[capacity];
            Arrays.fill(bytes, 0, size, (byte) constant);
        } else if (shortFits && shorts == null) {
            short[] wider = new short[capacity];
            for (int row = 0; row < size; row++) {
                wider[row] = (short) get(row);
            }
            shorts = wider;
            bytes = null;
        } else {
            int[] wider = new int[capacity];
            for (int row = 0; row < size; row++) {
                wider[row] = get(row);
            }
            ints = wider;
            shorts = null;
            bytes = null;
        }
    }

    private int[] grow(int[] array) {
        return size < array.length ? array : Arrays.copyOf(array, IndexMath.grownCapacity(size));
    }

    private short[] grow(short[] array) {
        return size < array.length ? array : Arrays.copyOf(array, IndexMath.grownCapacity(size));
    }

    private byte[] grow(byte[] array) {
        return size < array.length ? array : Arrays.copyOf(array, IndexMath.grownCapacity(size));
    }

    /** Gives back what was reserved for rows that did not come. */
    void trim() {
        if (ints != null && ints.length != size) {
            ints = Arrays.copyOf(ints, size);
        } else if (shorts != null && shorts.length != size) {
            shorts = Arrays.copyOf(shorts, size);
        } else if (bytes != null && bytes.length != size) {
            bytes = Arrays.copyOf(bytes, size);
        }
    }

    long heapBytes() {
        if (ints != null) {
            return 4L * ints.length;
        }
        if (shorts != null) {
            return 2L * shorts.length;
        }
        return bytes != null ? bytes.length : 0;
    }
}
