package io.github.czi4j.bench.environment;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.sun.management.OperatingSystemMXBean;
import io.github.czi4j.bench.console.Units;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The machine and the JVM that a measurement ran on.
 *
 * @param version of czi4j; {@code unknown} when it does not run from a jar
 * @param operatingSystem name, version and architecture
 * @param cpuModel as the kernel names it, or the architecture where it does not
 * @param processors that the JVM may use
 * @param machineProcessors that the machine has, whoever may use them; empty where the system does not tell
 * @param memoryBytes of the machine, or of its container, as the JVM sees it
 * @param cgroupCpus CPUs that a cgroup allows, empty without such a limit
 * @param cgroupMemoryBytes memory that a cgroup allows, empty without such a limit
 * @param container that it runs in, empty if there is none
 * @param jvm name, version and vendor
 * @param collectors the garbage collectors
 * @param maxHeapBytes the largest heap
 * @param jvmArguments options that the JVM was started with
 * @param loadAverage of the machine during the last minute, before the measurement; empty where the system does not tell
 */
public record Environment(
        String version,
        String operatingSystem,
        String cpuModel,
        int processors,
        OptionalInt machineProcessors,
        long memoryBytes,
        Optional<Double> cgroupCpus,
        OptionalLong cgroupMemoryBytes,
        Optional<Container> container,
        String jvm,
        List<String> collectors,
        long maxHeapBytes,
        List<String> jvmArguments,
        OptionalDouble loadAverage) {
    private static final Path ROOT = Path.of("/");

    /**
     * Looks around.
     *
     * @return this machine and JVM
     */
    public static Environment capture() {
        String version = Environment.class.getPackage().getImplementationVersion();
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        ControlGroups groups = ControlGroups.ofThisProcess();
        return new Environment(
                version == null ? "unknown" : version,
                property("os.name") + " " + property("os.version") + " " + property("os.arch"),
                ProcFiles.value(ProcFiles.lines(ROOT.resolve("proc/cpuinfo")), "model name")
                        .orElse(property("os.arch")),
                Runtime.getRuntime().availableProcessors(),
                ProcFiles.processors(ROOT),
                system.getTotalMemorySize(),
                groups.cpuLimit(),
                groups.memoryLimit(),
                Container.detect(ROOT, System.getenv()),
                property("java.vm.name") + " " + property("java.vm.version") + ", " + property("java.vendor"),
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(GarbageCollectorMXBean::getName)
                        .toList(),
                Runtime.getRuntime().maxMemory(),
                ManagementFactory.getRuntimeMXBean().getInputArguments(),
                system.getSystemLoadAverage() < 0
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(system.getSystemLoadAverage()));
    }

    private static String property(String name) {
        return System.getProperty(name, "?");
    }

    /**
     * For people.
     *
     * @return lines of the form {@code name  value}
     */
    public List<String> lines() {
        String limits = cgroupCpus
                        .map(cpus -> ", cgroup allows " + Units.significant(cpus) + " CPUs")
                        .orElse("")
                + (cgroupMemoryBytes.isPresent()
                        ? ", cgroup allows " + Units.bytes(cgroupMemoryBytes.getAsLong())
                        : "");
        return List.of(
                "machine  " + cpuModel + ", " + processors + (processors == 1 ? " processor" : " processors")
                        + container
                                .map(found -> ", in a container (" + found.kind() + ")")
                                .orElse("")
                        + (loadAverage.isPresent()
                                ? ", load " + Units.significant(loadAverage.getAsDouble()) + " before"
                                : ""),
                "memory   " + Units.bytes(memoryBytes) + limits + "; heap at most " + Units.bytes(maxHeapBytes) + ", "
                        + String.join(" / ", collectors),
                "system   " + operatingSystem,
                "JVM      " + jvm);
    }

    /**
     * For machines.
     *
     * @return the member {@code environment} of a report
     */
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("czi4j", version);
        json.addProperty("operatingSystem", operatingSystem);
        json.addProperty("cpuModel", cpuModel);
        json.addProperty("processors", processors);
        json.addProperty("machineProcessors", machineProcessors.isPresent() ? machineProcessors.getAsInt() : null);
        json.addProperty("memoryBytes", memoryBytes);
        if (cgroupCpus.isPresent()) {
            json.addProperty("cgroupCpus", cgroupCpus.get());
        } else {
            json.add("cgroupCpus", JsonNull.INSTANCE);
        }
        if (cgroupMemoryBytes.isPresent()) {
            json.addProperty("cgroupMemoryBytes", cgroupMemoryBytes.getAsLong());
        } else {
            json.add("cgroupMemoryBytes", JsonNull.INSTANCE);
        }
        JsonObject where = new JsonObject();
        where.addProperty("kind", container.map(Container::kind).orElse(null));
        where.addProperty("evidence", container.map(Container::evidence).orElse(null));
        json.add("container", where);
        json.addProperty("jvm", jvm);
        json.add("garbageCollectors", strings(collectors));
        json.addProperty("maxHeapBytes", maxHeapBytes);
        json.add("jvmArguments", strings(jvmArguments));
        if (loadAverage.isPresent()) {
            json.addProperty("loadAverage", loadAverage.getAsDouble());
        } else {
            json.add("loadAverage", JsonNull.INSTANCE);
        }
        return json;
    }

    private static JsonArray strings(List<String> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        return array;
    }
}
