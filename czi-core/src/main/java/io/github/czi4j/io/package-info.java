/**
 * Where bytes come from: {@link io.github.czi4j.io.ByteSource}, a positional and stateless view of a file, and its
 * kinds. Knows nothing of CZI.
 */
package io.github.czi4j.io;
