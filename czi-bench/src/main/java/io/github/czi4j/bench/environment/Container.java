package io.github.czi4j.bench.environment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The container that a process runs in.
 *
 * @param kind {@code docker}, {@code podman}, {@code kubernetes}, {@code apptainer} or {@code other}
 * @param evidence what gave it away
 */
public record Container(String kind, String evidence) {
    private static final String APPTAINER = "apptainer";
    private static final String KUBERNETES = "kubernetes";
    private static final String PODMAN = "podman";
    private static final String DOCKER = "docker";

    /**
     * Looks for traces that container runtimes leave.
     *
     * @param root of the file system, {@code /} but for tests
     * @param variables of the environment
     * @return the container, empty if there is none or it leaves no trace
     */
    public static Optional<Container> detect(Path root, Map<String, String> variables) {
        // Those that wrap others come first: the containers of Kubernetes may have Docker's traces.
        for (String name : List.of("APPTAINER_CONTAINER", "SINGULARITY_CONTAINER", "APPTAINER_NAME")) {
            if (variables.containsKey(name)) {
                return Optional.of(new Container(APPTAINER, "variable " + name));
            }
        }
        if (variables.containsKey("KUBERNETES_SERVICE_HOST")) {
            return Optional.of(new Container(KUBERNETES, "variable KUBERNETES_SERVICE_HOST"));
        }
        Map<String, String> files = new LinkedHashMap<>();
        files.put(".singularity.d", APPTAINER);
        files.put("var/run/secrets/kubernetes.io", KUBERNETES);
        files.put("run/.containerenv", PODMAN);
        files.put(".dockerenv", DOCKER);
        for (Map.Entry<String, String> file : files.entrySet()) {
            if (Files.exists(root.resolve(file.getKey()))) {
                return Optional.of(new Container(file.getValue(), "/" + file.getKey()));
            }
        }
        return ofCgroup(ProcFiles.lines(root.resolve("proc/self/cgroup")))
                .or(() -> ofName(variables.get("container"), "variable container"))
                .or(() -> ofMounts(ProcFiles.lines(root.resolve("proc/self/mountinfo"))));
    }

    private static Optional<Container> ofCgroup(List<String> lines) {
        for (String line : lines) {
            for (Map.Entry<String, String> trace : List.of(
                    Map.entry("kubepods", KUBERNETES),
                    Map.entry("libpod", PODMAN),
                    Map.entry("/docker", DOCKER),
                    Map.entry("docker-", DOCKER),
                    Map.entry("/lxc", "lxc"),
                    Map.entry("cri-containerd", KUBERNETES))) {
                if (line.contains(trace.getKey())) {
                    return ofName(trace.getValue(), "/proc/self/cgroup: " + trace.getKey());
                }
            }
        }
        return Optional.empty();
    }

    /** With the root of the tree in an overlay there is a container, whoever made it. */
    private static Optional<Container> ofMounts(List<String> mountInfo) {
        return MountInfo.parse(mountInfo).stream()
                .filter(mount -> mount.point().equals("/") && mount.type().contains("overlay"))
                .findFirst()
                .map(mount -> new Container("other", "/ is an overlay"));
    }

    private static Optional<Container> ofName(String name, String evidence) {
        if (name == null || name.isBlank()) {
            return Optional.empty();
        }
        boolean isKnown = List.of(APPTAINER, KUBERNETES, PODMAN, DOCKER).contains(name);
        return Optional.of(new Container(isKnown ? name : "other", isKnown ? evidence : evidence + " (" + name + ")"));
    }
}
