package io.github.czi4j.bench.storage;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Functions of the C library, through {@code java.lang.foreign} where the running JDK has it for good (22 and newer); by
 * reflection, since the bytecode is that of Java 17. Pointers go as longs, which the 64-bit calling conventions of Linux
 * pass in the same registers. Empty on other systems.
 */
final class NativeCalls {
    private static final int FIRST_JDK = 22;
    private static final String FOREIGN = "java.lang.foreign.";

    private NativeCalls() {}

    /**
     * Finds a function without variable arguments.
     *
     * @param name as C knows it
     * @param result {@code int.class} or {@code long.class}
     * @param parameters the same
     * @return a handle that is called with exactly these types
     */
    static Optional<MethodHandle> find(String name, Class<?> result, Class<?>... parameters) {
        if (Runtime.version().feature() < FIRST_JDK
                || !System.getProperty("os.name", "").equals("Linux")
                || !System.getProperty("os.arch", "").matches("amd64|aarch64")) {
            return Optional.empty();
        }
        try {
            Class<?> linkerType = Class.forName(FOREIGN + "Linker");
            Class<?> layoutType = Class.forName(FOREIGN + "MemoryLayout");
            Class<?> descriptorType = Class.forName(FOREIGN + "FunctionDescriptor");
            Object linker = linkerType.getMethod("nativeLinker").invoke(null);
            Object lookup = linkerType.getMethod("defaultLookup").invoke(linker);
            Optional<?> address = (Optional<?>) Class.forName(FOREIGN + "SymbolLookup")
                    .getMethod("find", String.class)
                    .invoke(lookup, name);
            if (address.isEmpty()) {
                return Optional.empty();
            }
            Object layouts = Array.newInstance(layoutType, parameters.length);
            for (int i = 0; i < parameters.length; i++) {
                Array.set(layouts, i, layout(parameters[i]));
            }
            Object descriptor = descriptorType
                    .getMethod("of", layoutType, layouts.getClass())
                    .invoke(null, layout(result), layouts);
            Object options = Array.newInstance(Class.forName(FOREIGN + "Linker$Option"), 0);
            return Optional.of((MethodHandle) linkerType
                    .getMethod(
                            "downcallHandle",
                            Class.forName(FOREIGN + "MemorySegment"),
                            descriptorType,
                            options.getClass())
                    .invoke(linker, address.get(), descriptor, options));
        } catch (ReflectiveOperationException | RuntimeException e) {
            // Native access may be forbidden: what needs it is then not known.
            return Optional.empty();
        }
    }

    private static Object layout(Class<?> type) throws ReflectiveOperationException {
        String field = type == int.class ? "JAVA_INT" : "JAVA_LONG";
        return Class.forName(FOREIGN + "ValueLayout").getField(field).get(null);
    }

    /** Where the position of a direct buffer lies; the buffer must be kept alive as long as the address is used. */
    static long address(ByteBuffer direct) throws ReflectiveOperationException {
        Class<?> segmentType = Class.forName(FOREIGN + "MemorySegment");
        Object segment = segmentType.getMethod("ofBuffer", Buffer.class).invoke(null, direct);
        return (long) segmentType.getMethod("address").invoke(segment);
    }
}
