/** Reports as files. */
package io.github.czi4j.bench.report;
