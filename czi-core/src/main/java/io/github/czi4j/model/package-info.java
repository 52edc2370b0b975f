/**
 * Values without I/O: dimensions, coordinates, pixel types, compressions, rectangles, what the directory says of a
 * subblock, and the one exception that leaves the reader. Everything here is immutable and safe to share.
 */
package io.github.czi4j.model;
