/** The metadata as OME-XML, for programs that speak that. */
package io.github.czi4j.ome;
