/** How strategies are compared: what is read, how often, how it is summed up. */
package io.github.czi4j.bench.measure;
