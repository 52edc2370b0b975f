/** Checks of whole files: structure, directory, metadata, and on request every pixel. */
package io.github.czi4j.verify;
