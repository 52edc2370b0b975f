/**
 * Zstandard frames to bytes, after RFC 8878: blocks, literals, sequences, checksum. Knows arrays and nothing else; what a
 * frame announces and whether that is plausible is judged by the package above.
 */
package io.github.czi4j.codec.zstd;
