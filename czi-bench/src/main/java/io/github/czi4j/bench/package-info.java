/** The measuring commands, for {@code czi} and for {@code czi-profiler.jar}. */
package io.github.czi4j.bench;
