package io.github.czi4j.bench;

import io.github.czi4j.io.FileByteSource;
import java.util.ArrayList;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Names of the ways to read a file, in lower case. */
final class IoModes extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    IoModes() {
        for (FileByteSource.Mode mode : FileByteSource.Mode.values()) {
            add(mode.name().toLowerCase(Locale.ROOT));
        }
    }

    /** From a name to the mode. */
    static final class Converter implements ITypeConverter<FileByteSource.Mode> {
        @Override
        public FileByteSource.Mode convert(String name) {
            for (FileByteSource.Mode mode : FileByteSource.Mode.values()) {
                if (mode.name().equalsIgnoreCase(name)) {
                    return mode;
                }
            }
            throw new TypeConversionException("expected one of " + new IoModes() + ", not '" + name + "'");
        }
    }
}
