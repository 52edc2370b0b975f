/**
 * The layout of a CZI file: bytes to segments and back. Each class carries the table of what it reads, with the section
 * of the format sheet. Knows layout, not meaning.
 */
package io.github.czi4j.zisraw;
