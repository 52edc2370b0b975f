/** What a support ticket needs, in one archive. */
package io.github.czi4j.bench.bundle;
