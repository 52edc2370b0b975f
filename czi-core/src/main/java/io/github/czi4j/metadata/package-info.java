/** What the document's metadata XML says. */
package io.github.czi4j.metadata;
