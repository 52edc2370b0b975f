/**
 * From a region to pixels: plan what to read, execute it on any number of threads, compose. A plan is made before a
 * pixel is touched; every output pixel is written once, so the result does not depend on who does the work.
 */
package io.github.czi4j.mosaic;
