/** What all commands need on a terminal: progress, tables, units, errors as one line. */
package io.github.czi4j.bench.console;
