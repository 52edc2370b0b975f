/**
 * Side by side with libCZI, and against the machine: what fills the table of {@code docs/performance.md}. Runs from
 * {@code czi-jmh.jar} by {@code czi-bench/peers/versus.sh}; in no other jar.
 */
package io.github.czi4j.bench.versus;
