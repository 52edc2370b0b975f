/** What storage and machine could do at most, and what of a file the system holds in memory. */
package io.github.czi4j.bench.storage;
