package io.github.czi4j.bench.storage;

import java.io.Closeable;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/** A file that the C library has opened for reading, for what Java does not offer: advice and residency. */
final class NativeFile implements Closeable {
    private static final int POSIX_FADV_DONTNEED = 4;
    private static final int PROT_READ = 1;
    private static final int MAP_SHARED = 1;
    private static final long WINDOW = 1L << 30;
    private static final long PAGE = 4096;

    private static final Optional<MethodHandle> FOPEN = NativeCalls.find("fopen", long.class, long.class, long.class);
    private static final Optional<MethodHandle> FILENO = NativeCalls.find("fileno", int.class, long.class);
    private static final Optional<MethodHandle> FCLOSE = NativeCalls.find("fclose", int.class, long.class);
    private static final Optional<MethodHandle> FADVISE =
            NativeCalls.find("posix_fadvise", int.class, int.class, long.class, long.class, int.class);
    private static final Optional<MethodHandle> MMAP =
            NativeCalls.find("mmap", long.class, long.class, long.class, int.class, int.class, int.class, long.class);
    private static final Optional<MethodHandle> MUNMAP = NativeCalls.find("munmap", int.class, long.class, long.class);
    private static final Optional<MethodHandle> MINCORE =
            NativeCalls.find("mincore", int.class, long.class, long.class, long.class);

    private final long stream;
    private final int descriptor;

    private NativeFile(long stream, int descriptor) {
        this.stream = stream;
        this.descriptor = descriptor;
    }

    /** Empty where the JDK or the system does not allow it, or the file cannot be opened. */
    static Optional<NativeFile> open(Path file) {
        if (FOPEN.isEmpty() || FILENO.isEmpty() || FCLOSE.isEmpty()) {
            return Optional.empty();
        }
        Charset names = Charset.forName(System.getProperty("sun.jnu.encoding", StandardCharsets.UTF_8.name()));
        ByteBuffer path = zeroTerminated(file.toAbsolutePath().toString().getBytes(names));
        ByteBuffer mode = zeroTerminated("re".getBytes(StandardCharsets.US_ASCII));
        try {
            long stream = (long) FOPEN.get().invokeExact(NativeCalls.address(path), NativeCalls.address(mode));
            return stream == 0
                    ? Optional.empty()
                    : Optional.of(new NativeFile(stream, (int) FILENO.get().invokeExact(stream)));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static ByteBuffer zeroTerminated(byte[] text) {
        return ByteBuffer.allocateDirect(text.length + 1)
                .put(text)
                .put((byte) 0)
                .flip();
    }

    /** What is clean and mapped by nobody leaves the page cache. */
    boolean adviseNotNeeded() {
        try {
            return FADVISE.isPresent() && (int) FADVISE.get().invokeExact(descriptor, 0L, 0L, POSIX_FADV_DONTNEED) == 0;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** The share of the pages that are in the page cache. */
    OptionalDouble residentShare(long size) {
        if (MMAP.isEmpty() || MUNMAP.isEmpty() || MINCORE.isEmpty() || size == 0) {
            return OptionalDouble.empty();
        }
        ByteBuffer vector = ByteBuffer.allocateDirect((int) (WINDOW / PAGE));
        long resident = 0;
        try {
            for (long start = 0; start < size; start += WINDOW) {
                long length = Math.min(WINDOW, size - start);
                long address = (long) MMAP.get().invokeExact(0L, length, PROT_READ, MAP_SHARED, descriptor, start);
                if (address == -1) {
                    return OptionalDouble.empty();
                }
                int status = (int) MINCORE.get().invokeExact(address, length, NativeCalls.address(vector));
                int unmapped = (int) MUNMAP.get().invokeExact(address, length);
                if (status != 0 || unmapped != 0) {
                    // Fails where pages are larger than the vector assumes.
                    return OptionalDouble.empty();
                }
                for (int i = 0; i < pages(length); i++) {
                    resident += vector.get(i) & 1;
                }
            }
        } catch (Throwable e) {
            throw unexpected(e);
        }
        return OptionalDouble.of((double) resident / pages(size));
    }

    private static long pages(long bytes) {
        return (bytes + PAGE - 1) / PAGE;
    }

    private static IllegalStateException unexpected(Throwable e) {
        return new IllegalStateException("a call of the C library failed", e);
    }

    @Override
    public void close() throws IOException {
        try {
            if ((int) FCLOSE.orElseThrow().invokeExact(stream) != 0) {
                throw new IOException("a file could not be closed");
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }
}
