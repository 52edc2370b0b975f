/**
 * A JPEG XR decoder (ITU-T T.832 | ISO/IEC 29199-2): bytes to samples, exact to the bit. Split as the standard is:
 * container, headers, entropy decoding, prediction, transforms, output. Usable alone; knows nothing of CZI.
 *
 * <p>Names are those of the standard; "sheet" is the project's fact sheet of it.
 */
package io.github.czi4j.codec.jpegxr;
