/**
 * What a listener is told while the reader works, and what Flight Recorder records of it: events {@code czi.Open}, {@code
 * czi.TileRead}, {@code czi.TileDecode}, {@code czi.TilePlace}, {@code czi.CacheHit} and {@code czi.Stage}. Nothing is
 * measured when nobody wants to know.
 */
package io.github.czi4j.observe;
