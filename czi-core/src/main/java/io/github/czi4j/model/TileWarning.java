package io.github.czi4j.model;

/**
 * Something odd about a subblock that was read all the same.
 *
 * @param index its index in the directory
 * @param message what was expected, what was found and what was done about it
 */
public record TileWarning(int index, String message) {}
