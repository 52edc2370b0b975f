package io.github.czi4j.bench.console;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Catches the signals that ask a program to end, by {@code sun.misc.Signal}, which has no official successor. It is looked
 * up by name, since a JVM may lack it.
 */
public final class Signals implements AutoCloseable {
    private static final int STATUS_OF_SIGNAL = 128;
    /** As POSIX numbers them. */
    private static final Map<String, Integer> NUMBERS = Map.of("INT", 2, "TERM", 15);

    private final Map<String, Object> replaced = new LinkedHashMap<>();

    private Signals() {}

    /**
     * Catches Ctrl-C and the signal by which batch systems end jobs.
     *
     * @param handler is told the status that shells expect of a program that ends for the signal, on a thread of its own
     * @return gives the signals back when it is closed; null if they cannot be caught, in a JVM with {@code -Xrs} for instance
     */
    public static Signals caught(IntConsumer handler) {
        Signals signals = new Signals();
        try {
            for (Map.Entry<String, Integer> signal : NUMBERS.entrySet()) {
                Object proxy = Proxy.newProxyInstance(
                        handlerType().getClassLoader(), new Class<?>[] {handlerType()}, (self, method, arguments) -> {
                            if (method.getName().equals("handle")) {
                                handler.accept(STATUS_OF_SIGNAL + signal.getValue());
                                return null;
                            }
                            return method.invoke(handler, arguments);
                        });
                signals.replaced.put(signal.getKey(), handle(signal.getKey(), proxy));
            }
            return signals;
        } catch (ReflectiveOperationException e) {
            signals.close();
            return null;
        }
    }

    /** Lets Ctrl-C pass by, for processes that a terminal tells of it though their parent ends them. */
    public static void ignoreInterrupt() {
        try {
            handle("INT", handlerType().getField("SIG_IGN").get(null));
        } catch (ReflectiveOperationException e) {
            // Then this process ends with its parent a little earlier than it had to.
            Thread.onSpinWait();
        }
    }

    private static Class<?> handlerType() throws ClassNotFoundException {
        return Class.forName("sun.misc.SignalHandler");
    }

    private static Object handle(String name, Object handler) throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.misc.Signal");
        Constructor<?> constructor = type.getConstructor(String.class);
        Method handle = type.getMethod("handle", type, handlerType());
        return handle.invoke(null, constructor.newInstance(name), handler);
    }

    @Override
    public void close() {
        replaced.forEach((name, handler) -> {
            try {
                handle(name, handler);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("signal " + name + " cannot be given back", e);
            }
        });
        replaced.clear();
    }
}
