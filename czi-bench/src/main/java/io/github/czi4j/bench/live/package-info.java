/** A look into a JVM that runs already. */
package io.github.czi4j.bench.live;
