/** Logging of the executables. */
package io.github.czi4j.bench.logging;
