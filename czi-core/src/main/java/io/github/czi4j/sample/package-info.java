/**
 * Synthetic fluorescence mosaics: files to try the reader and to measure with, where no real one may be used. The same
 * recipe gives the same file, byte for byte.
 */
package io.github.czi4j.sample;
