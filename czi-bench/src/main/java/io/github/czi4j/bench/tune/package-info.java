/** Finds the fastest settings of the reader for a file on this machine. */
package io.github.czi4j.bench.tune;
