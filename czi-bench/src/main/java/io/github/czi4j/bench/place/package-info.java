/** Where files are: those of the host inside a container, results beside the data. */
package io.github.czi4j.bench.place;
