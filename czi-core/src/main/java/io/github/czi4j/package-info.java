/**
 * The door: {@link io.github.czi4j.CziReader} opens a file, {@link io.github.czi4j.MosaicRequest} says what is wanted,
 * {@link io.github.czi4j.Mosaic} is what comes.
 */
package io.github.czi4j;
