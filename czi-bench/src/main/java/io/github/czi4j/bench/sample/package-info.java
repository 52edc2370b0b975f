/** The file that is measured when the user gives none. */
package io.github.czi4j.bench.sample;
