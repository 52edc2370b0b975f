/**
 * One class for each compression: payload to pixels. Knows bytes and pixels, not files.
 */
package io.github.czi4j.codec;
