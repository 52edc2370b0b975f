/**
 * The columnar subblock directory, its planes and the spatial index: from a region to subblocks without looking at all
 * of them, and without an object for each.
 */
package io.github.czi4j.index;
