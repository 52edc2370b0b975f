/** What a measurement ran on: machine, JVM, file. */
package io.github.czi4j.bench.environment;
