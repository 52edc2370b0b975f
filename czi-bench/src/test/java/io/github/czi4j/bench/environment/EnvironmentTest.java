package io.github.czi4j.bench.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each on a root directory made up for it. */
class EnvironmentTest {
    @TempDir
    Path root;

    private void file(String name, String... lines) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, List.of(lines));
    }

    private Optional<String> kind(Map<String, String> variables) {
        return Container.detect(root, variables).map(Container::kind);
    }

    @Test
    void bareMetalIsNoContainer() throws IOException {
        file("proc/self/cgroup", "0::/user.slice/user-1000.slice/session-2.scope");
        file("proc/self/mountinfo", "22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw");
        assertEquals(Optional.empty(), kind(Map.of("HOME", "/root")));
    }

    @Test
    void runtimesAreToldByTheirTraces() throws IOException {
        assertEquals(Optional.of("apptainer"), kind(Map.of("SINGULARITY_CONTAINER", "/images/czi.sif")));
        assertEquals(Optional.of("apptainer"), kind(Map.of("APPTAINER_CONTAINER", "/images/czi.sif")));
        assertEquals(Optional.of("kubernetes"), kind(Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1")));
        file(".dockerenv", "");
        assertEquals(Optional.of("docker"), kind(Map.of()));
        assertEquals(
                "/.dockerenv", Container.detect(root, Map.of()).orElseThrow().evidence());
        file("run/.containerenv", "engine=podman");
        assertEquals(Optional.of("podman"), kind(Map.of()));
        file("var/run/secrets/kubernetes.io/serviceaccount/token", "secret");
        assertEquals(Optional.of("kubernetes"), kind(Map.of()));
        file(".singularity.d/runscript", "#!/bin/sh");
        assertEquals(Optional.of("apptainer"), kind(Map.of()));
    }

    @Test
    void controlGroupsTellToo() throws IOException {
        file("proc/self/cgroup", "12:memory:/docker/0123abcd", "11:cpu,cpuacct:/docker/0123abcd");
        assertEquals(Optional.of("docker"), kind(Map.of()));
        file("proc/self/cgroup", "0::/kubepods.slice/kubepods-burstable.slice/cri-containerd-12.scope");
        assertEquals(Optional.of("kubernetes"), kind(Map.of()));
        file("proc/self/cgroup", "0::/machine.slice/libpod-99.scope");
        assertEquals(Optional.of("podman"), kind(Map.of()));
        file("proc/self/cgroup", "0::/");
        assertEquals(Optional.of("podman"), kind(Map.of("container", "podman")));
        assertEquals(Optional.of("other"), kind(Map.of("container", "systemd-nspawn")));
        file("proc/self/mountinfo", "1 0 0:50 / / rw - overlay overlay rw,lowerdir=/a");
        assertEquals(Optional.of("other"), kind(Map.of()));
    }

    @Test
    void limitsOfControlGroupsOfBothVersions() throws IOException {
        assertEquals(Optional.empty(), ControlGroups.of(root).cpuLimit());
        assertEquals(OptionalLong.empty(), ControlGroups.of(root).memoryLimit());

        file("proc/self/cgroup", "0::/jobs/17");
        file("sys/fs/cgroup/jobs/17/cpu.max", "max 100000");
        file("sys/fs/cgroup/jobs/cpu.max", "150000 100000");
        file("sys/fs/cgroup/jobs/17/memory.max", "2147483648");
        assertEquals(Optional.of(1.5), ControlGroups.of(root).cpuLimit());
        assertEquals(OptionalLong.of(2147483648L), ControlGroups.of(root).memoryLimit());

        file("proc/self/cgroup", "4:memory:/docker/ab", "3:cpu,cpuacct:/docker/ab");
        file("sys/fs/cgroup/cpu/docker/ab/cpu.cfs_quota_us", "250000");
        file("sys/fs/cgroup/cpu/docker/ab/cpu.cfs_period_us", "100000");
        file("sys/fs/cgroup/memory/docker/ab/memory.limit_in_bytes", "9223372036854771712");
        assertEquals(Optional.of(2.5), ControlGroups.of(root).cpuLimit());
        assertEquals(OptionalLong.empty(), ControlGroups.of(root).memoryLimit(), "no limit");
        file("sys/fs/cgroup/cpu/docker/ab/cpu.cfs_quota_us", "many");
        assertEquals(Optional.empty(), ControlGroups.of(root).cpuLimit());
    }

    @Test
    void theTightestLimitOnTheWayUpHolds() throws IOException {
        file("proc/self/cgroup", "4:memory:/slurm/job_1/step_0", "3:cpu,cpuacct:/slurm/job_1/step_0");
        for (String group : List.of("slurm/job_1/step_0", "slurm/job_1", "slurm")) {
            file("sys/fs/cgroup/cpu/" + group + "/cpu.cfs_quota_us", group.endsWith("job_1") ? "300000" : "-1");
            file("sys/fs/cgroup/cpu/" + group + "/cpu.cfs_period_us", "100000");
            file(
                    "sys/fs/cgroup/memory/" + group + "/memory.limit_in_bytes",
                    group.endsWith("job_1") ? "1073741824" : "9223372036854771712");
        }
        assertEquals(Optional.of(3.0), ControlGroups.of(root).cpuLimit());
        assertEquals(OptionalLong.of(1 << 30), ControlGroups.of(root).memoryLimit());

        file("proc/self/cgroup", "0::/pod/container");
        file("sys/fs/cgroup/pod/container/cpu.max", "400000 100000");
        file("sys/fs/cgroup/pod/cpu.max", "200000 100000");
        file("sys/fs/cgroup/pod/container/memory.max", "max");
        file("sys/fs/cgroup/pod/memory.max", "536870912");
        assertEquals(Optional.of(2.0), ControlGroups.of(root).cpuLimit());
        assertEquals(OptionalLong.of(512 << 20), ControlGroups.of(root).memoryLimit());
        file("proc/self/cgroup", "0::/../pod/container");
        assertEquals(Optional.of(2.0), ControlGroups.of(root).cpuLimit(), "outside of the name space");
    }

    @Test
    void stopsOfAllGroupsOnTheWayUpAreAddedUp() throws IOException {
        assertEquals(OptionalLong.empty(), ControlGroups.of(root).throttledMicros());
        file("proc/self/cgroup", "0::/pod/container");
        file("sys/fs/cgroup/cpu.stat", "usage_usec 99");
        assertEquals(OptionalLong.empty(), ControlGroups.of(root).throttledMicros(), "the root cannot be stopped");
        file("sys/fs/cgroup/pod/container/cpu.stat", "usage_usec 12", "nr_throttled 0", "throttled_usec 0");
        file("sys/fs/cgroup/pod/cpu.stat", "usage_usec 34", "nr_throttled 7", "throttled_usec 2500");
        assertEquals(OptionalLong.of(2500), ControlGroups.of(root).throttledMicros());

        file("proc/self/cgroup", "3:cpu,cpuacct:/docker/ab");
        file("sys/fs/cgroup/cpu/cpu.stat", "nr_periods 0", "nr_throttled 0", "throttled_time 0");
        file("sys/fs/cgroup/cpu/docker/ab/cpu.stat", "nr_periods 9", "nr_throttled 3", "throttled_time 1234567");
        assertEquals(OptionalLong.of(1234), ControlGroups.of(root).throttledMicros());
    }

    @Test
    void mountsAreParsedAndTheDeepestOneCounts() {
        List<MountInfo> mounts = MountInfo.parse(List.of(
                "27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard",
                "36 27 0:31 / /data rw,noatime shared:1 master:2 - nfs4 server:/export rw,vers=4.2,rsize=1048576",
                "37 36 8:17 / /data/local\\040disk rw - xfs /dev/sdb1 rw",
                "38 27 0:40 / /data-old ro - cifs //nas/share ro,vers=3.0",
                "39 27 0:41 / /mnt/s rw - fuse.sshfs user@host:/x rw",
                "40 27 0:42 / /mnt/n rw - fuseblk /dev/sdc1 rw",
                "41 27 0:43 / /scratch rw - lustre 10.0.0.1@tcp:/fs rw",
                "broken line",
                "42 27 0:44 / /x rw -"));
        assertEquals(7, mounts.size());
        assertEquals("nfs4", type("/data/a.czi", mounts));
        assertEquals("xfs", type("/data/local disk/a.czi", mounts));
        assertEquals("cifs", type("/data-old/a.czi", mounts));
        assertEquals("ext4", type("/database/a.czi", mounts));
        assertEquals("rw,noatime,rw,vers=4.2,rsize=1048576", mounts.get(1).options());
        assertEquals(
                List.of(false, true, false, true, true, false, true),
                mounts.stream().map(MountInfo::isRemote).toList());
    }

    private static String type(String file, List<MountInfo> mounts) {
        return MountInfo.of(Path.of(file), mounts).orElseThrow().type();
    }

    @Test
    void aPartitionHasTheFactsOfItsDisk() throws IOException {
        Path data = root.toRealPath().resolve("a.czi");
        Files.write(data, new byte[5000]);
        file("proc/self/mountinfo", "27 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw");
        file("sys/devices/sda/queue/rotational", "1");
        file("sys/devices/sda/queue/read_ahead_kb", "128");
        file("sys/devices/sda/sda1/partition", "1");
        Files.createDirectories(root.resolve("sys/dev/block"));
        Files.createSymbolicLink(root.resolve("sys/dev/block/8:1"), root.resolve("sys/devices/sda/sda1"));
        StorageFacts facts = StorageFacts.of(root, data);
        assertEquals(Optional.of("ext4"), facts.fileSystem());
        assertEquals(Optional.of(false), facts.isRemote());
        assertEquals(Optional.of(true), facts.isRotational());
        assertEquals(OptionalLong.of(128 << 10), facts.readAheadBytes());
        JsonObject json = facts.toJson();
        assertEquals("/dev/sda1", json.get("device").getAsString());
        assertTrue(facts.lines().get(0).contains("ext4 on /dev/sda1, rotational, reads 128 KiB ahead"));
    }

    @Test
    void aNetworkFileSystemHasItsReadAheadElsewhere() throws IOException {
        Path data = root.toRealPath().resolve("a.czi");
        Files.write(data, new byte[10]);
        file("proc/self/mountinfo", "27 1 0:31 / / rw - nfs4 server:/export rw");
        file("sys/class/bdi/0:31/read_ahead_kb", "15360");
        StorageFacts facts = StorageFacts.of(root, data);
        assertEquals(Optional.of(true), facts.isRemote());
        assertEquals(Optional.empty(), facts.isRotational());
        assertEquals(OptionalLong.of(15360 << 10), facts.readAheadBytes());
        assertTrue(facts.toJson().get("isRotational").isJsonNull());
    }

    @Test
    void processorsOfTheMachineAreCountedWhoeverMayUseThem() throws IOException {
        assertEquals(OptionalInt.empty(), ProcFiles.processors(root));
        file(
                "proc/cpuinfo",
                "processor\t: 0",
                "model name\t: A processor : of many",
                "",
                "processor\t: 1",
                "model name\t: B");
        assertEquals(OptionalInt.of(2), ProcFiles.processors(root));
    }

    @Test
    void otherSystemsTellNothing() throws IOException {
        Path data = root.resolve("a.czi");
        Files.write(data, new byte[10]);
        StorageFacts facts = StorageFacts.of(root, data);
        assertEquals(Optional.empty(), facts.isRemote());
        assertEquals(OptionalLong.empty(), facts.readAheadBytes());
        assertEquals(StorageFacts.UNKNOWN, StorageFacts.of(root, root.resolve("missing.czi")));
        assertEquals(List.of(), StorageFacts.UNKNOWN.lines());
        assertFalse(Environment.capture().lines().isEmpty());
    }
}
