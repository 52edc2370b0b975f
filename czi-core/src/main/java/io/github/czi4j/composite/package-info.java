/**
 * Adds the channels of a picture up to 8-bit colour, as they are displayed (sheet §7.7). Knows pixels, not files.
 */
package io.github.czi4j.composite;
