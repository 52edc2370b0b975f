/** Microbenchmarks, run from {@code czi-jmh.jar}. */
package io.github.czi4j.bench.jmh;
