package io.github.czi4j.bench.place;

import io.github.czi4j.bench.storage.Location;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Passes each file that a command is given through {@link HostPaths}. */
public final class PathArguments {
    private PathArguments() {}

    /**
     * Makes all arguments of a command and its subcommands that are paths be resolved.
     *
     * @param commandLine with all its subcommands
     * @return the same
     */
    public static CommandLine install(CommandLine commandLine) {
        return install(commandLine, HostPaths.ofThisProcess());
    }

    static CommandLine install(CommandLine commandLine, HostPaths paths) {
        ITypeConverter<Path> resolved = text -> {
            try {
                return paths.resolve(Path.of(text), note -> {
                    PrintWriter err = commandLine.getErr();
                    err.println("note: " + note);
                    err.flush();
                });
            } catch (InvalidPathException e) {
                throw new TypeConversionException("'" + text + "' is not a path: " + e.getReason());
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        };
        return commandLine.registerConverter(Path.class, resolved).registerConverter(Location.class, text -> {
            try {
                return Location.isAddress(text) ? Location.ofAddress(text) : Location.of(resolved.convert(text));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        });
    }
}
