package io.github.czi4j.cli;

import io.github.czi4j.CziWriter;
import io.github.czi4j.NewSubblock;
import io.github.czi4j.model.PixelType;
import io.github.czi4j.model.Rect;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import picocli.CommandLine;

/** One run of the command in this JVM. */
record Run(int status, String out, String err) {
    static Run czi(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = Czi.commandLine();
        commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int status = Czi.execute(
                commandLine, Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
        return new Run(status, out.toString(), err.toString());
    }

    /** A file of one tile at 0,0 with this metadata. */
    static Path file(Path file, PixelType type, byte[] pixels, int width, int height, String xml) throws IOException {
        try (CziWriter writer = CziWriter.create(file)) {
            writer.add(NewSubblock.of(new Rect(0, 0, width, height), type), pixels);
            writer.setMetadataXml(xml);
            writer.finish();
        }
        return file;
    }
}
