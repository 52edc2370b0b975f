/**
 * Reads ZEISS CZI (ZISRAW) microscopy files.
 *
 * <p>The door is {@link io.github.czi4j.CziReader}. Packages that are not exported hold the layout of the file, the
 * index, the codecs and the composition; they change without notice.
 */
module io.github.czi4j.core {
    requires aircompressor;
    requires transitive java.desktop;
    requires transitive java.net.http;
    requires static java.management;
    requires static jdk.jfr;
    requires java.xml;
    requires org.slf4j;

    exports io.github.czi4j;
    exports io.github.czi4j.attachment;
    exports io.github.czi4j.codec.jpegxr;
    exports io.github.czi4j.io;
    exports io.github.czi4j.metadata;
    exports io.github.czi4j.model;
    exports io.github.czi4j.observe;
    exports io.github.czi4j.ome;
    exports io.github.czi4j.sample;
    exports io.github.czi4j.verify;

    provides javax.imageio.spi.ImageReaderSpi with
            io.github.czi4j.codec.jpegxr.JxrImageReaderSpi;
}
