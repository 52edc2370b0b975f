package io.github.czi4j.cli;

import io.github.czi4j.BlockReport;
import io.github.czi4j.CziReader;
import io.github.czi4j.MosaicRequest;
import io.github.czi4j.bench.console.Progress;
import io.github.czi4j.bench.console.WholeFile;
import io.github.czi4j.model.PixelAllocator;
import io.github.czi4j.model.Pixels;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** A mosaic as a file of samples: little-endian, rows without padding, nothing else. */
final class RawMosaic {
    private static final int BUFFER = 1 << 20;

    private RawMosaic() {}

    static boolean isNamed(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".raw");
    }

    static BlockReport write(CziReader reader, MosaicRequest request, Path target) throws IOException {
        BlockReport[] report = new BlockReport[1];
        int height = reader.plan(request).height();
        WholeFile.write(target, part -> {
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                    Progress progress = new Progress("writing rows", height)) {
                ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
                report[0] = reader.readBlocks(request, 0, PixelAllocator.reusing(), block -> {
                    write(block.pixels(), buffer, channel);
                    progress.update(block.firstRow() + block.pixels().height());
                });
            }
        });
        return report[0];
    }

    /** A few rows at a time: a copy of the whole block would double the memory. */
    private static void write(Pixels pixels, ByteBuffer buffer, FileChannel channel) throws IOException {
        long rowBytes = pixels.byteCount() / pixels.height();
        ByteBuffer rows = rowBytes <= buffer.capacity()
                ? buffer
                : ByteBuffer.allocate(Math.toIntExact(rowBytes)).order(ByteOrder.LITTLE_ENDIAN);
        int step = (int) (rows.capacity() / rowBytes);
        for (int y = 0; y < pixels.height(); y += step) {
            int count = Math.min(step, pixels.height() - y);
            rows.clear().limit((int) (count * rowBytes));
            pixels.copyRows(y, count, rows);
            rows.position(0).limit((int) (count * rowBytes));
            while (rows.hasRemaining()) {
                channel.write(rows);
            }
        }
    }
}
