package io.github.czi4j.model;

/**
 * A dimension of a subblock that the format does not define. It takes no part in planes; whoever knows what it means can
 * tell subblocks apart by it.
 *
 * @param letter as stored
 * @param start the index
 * @param size number of indices as stored, of any sign
 */
public record OtherDimension(char letter, int start, int size) {}
