package io.github.czi4j.bench.place;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder stands for the root of a container's file system. */
class HostPathsTest {
    private static final String OVERLAY =
            "600 500 0:50 / / rw,relatime master:1 - overlay overlay rw,lowerdir=/l,upperdir=/u,workdir=/w\n"
                    + "601 600 0:51 / /proc rw,nosuid - proc proc rw\n";

    @TempDir
    Path root;

    private final List<String> notes = new ArrayList<>();

    private void mounts(String lines) throws IOException {
        Path file = root.resolve("proc/self/mountinfo");
        Files.createDirectories(file.getParent());
        Files.writeString(file, OVERLAY + lines);
    }

    private void touch(String... names) throws IOException {
        for (String name : names) {
            Path file = root.resolve(name.substring(1));
            Files.createDirectories(file.getParent());
            Files.writeString(file, name);
        }
    }

    private String resolve(String given, String... variables) {
        notes.clear();
        Map<String, String> all = variables.length == 0 ? Map.of() : Map.of(variables[0], variables[1]);
        return new HostPaths(root, all).resolve(Path.of(given), notes::add).toString();
    }

    private void assertNoted(String... parts) {
        assertEquals(1, notes.size(), notes.toString());
        for (String part : parts) {
            assertTrue(notes.get(0).contains(part), notes.get(0));
        }
    }

    @Test
    void dockerBindOfAFolderOfASharedFileSystem() throws IOException {
        touch("/.dockerenv", "/data/plate/x.czi");
        // GPFS is mounted at /well on the host, so that its own root does not begin with it.
        mounts("700 600 0:44 /group/data /data rw,relatime - gpfs well rw\n"
                + "701 600 254:1 /var/lib/docker/containers/0a/hosts /etc/hosts rw - ext4 /dev/vda1 rw\n");
        assertEquals("/data/plate/x.czi", resolve("/well/group/data/plate/x.czi"));
        assertNoted(
                "/well/group/data/plate/x.czi is not in this container (docker)",
                "using /data/plate/x.czi",
                "/well/group/data is mounted at /data");
    }

    @Test
    void podmanBindOfALocalFolderAndOfOneFile() throws IOException {
        touch("/run/.containerenv", "/mnt/in/x y.czi", "/slide.czi");
        mounts("700 600 253:0 /home/me/my\\040slides /mnt/in ro - xfs /dev/mapper/home rw\n"
                + "701 600 253:0 /home/me/one.czi /slide.czi ro - xfs /dev/mapper/home rw\n");
        assertEquals("/mnt/in/x y.czi", resolve("/home/me/my slides/x y.czi"));
        assertNoted("podman", "/home/me/my slides is mounted at /mnt/in");
        assertEquals("/slide.czi", resolve("/home/me/one.czi"));
        assertNoted("/home/me/one.czi is mounted at /slide.czi");
    }

    @Test
    void kubernetesVolumeOfAServer() throws IOException {
        touch("/work/in/plate/x.czi");
        mounts("700 600 0:60 / /work rw - nfs4 filer.example.org:/export/lab rw,vers=4.2\n");
        assertEquals(
                "/work/in/plate/x.czi", resolve("/export/lab/in/plate/x.czi", "KUBERNETES_SERVICE_HOST", "10.0.0.1"));
        assertNoted("kubernetes", "/export/lab is mounted at /work");
        // The host has the export mounted under another name, and a folder below it is all that the pod sees.
        mounts("700 600 0:60 /in /work/in rw - nfs4 filer.example.org:/export/lab rw,vers=4.2\n");
        assertEquals("/work/in/plate/x.czi", resolve("/nfs/lab/in/plate/x.czi", "KUBERNETES_SERVICE_HOST", "10.0.0.1"));
    }

    @Test
    void apptainerBindAndTheVariableOfTheOldScripts() throws IOException {
        touch("/data/x.czi");
        mounts("700 600 0:44 /projects/archive /data rw,nosuid - lustre 10.0.0.1@o2ib:/fs rw\n");
        assertEquals("/data/x.czi", resolve("/well/projects/archive/x.czi", "APPTAINER_CONTAINER", "/i.sif"));
        assertNoted("apptainer", "/well/projects/archive is mounted at /data");
        mounts("");
        Files.createDirectories(root.resolve(".singularity.d"));
        assertEquals("/data/x.czi", resolve("/well/other/x.czi", "DATA_DIR", "/well/other"));
        assertNoted("DATA_DIR is /well/other, which is /data here");
    }

    @Test
    void theEndOfAPathIsAGuessForPicturesAlone() throws IOException {
        touch("/.dockerenv", "/data/plate/x.czi", "/data/x.czi", "/data/results.json");
        mounts("");
        assertEquals("/data/plate/x.czi", resolve("/well/group/plate/x.czi"));
        assertNoted("using /data/plate/x.czi");
        assertEquals("/well/group/results.json", resolve("/well/group/results.json"));
        assertEquals(List.of(), notes);
    }

    @Test
    void aSubvolumeIsFoundByTheEndOfItsRoot() throws IOException {
        touch("/.dockerenv", "/in/x.czi");
        mounts("700 600 0:33 /@home/me/slides /in rw - btrfs /dev/sda2 rw,subvol=/@home\n");
        assertEquals("/in/x.czi", resolve("/home/me/slides/x.czi"));
        assertNoted("a folder /@home/me/slides of the host is mounted at /in");
    }

    @Test
    void whatIsThereStaysAsItIs() throws IOException {
        touch("/.dockerenv", "/data/x.czi", "/tmp/other");
        mounts("700 600 0:44 /data /data rw - gpfs well rw\n701 600 0:44 /tmp /data rw - gpfs well rw\n");
        assertEquals("/data/x.czi", resolve("/data/x.czi"));
        assertEquals("/tmp/x.czi", resolve("/tmp/x.czi"), "its folder is here: the file is missing, or to be written");
        assertEquals("well/x.czi", resolve("well/x.czi"));
        assertEquals(List.of(), notes);
    }

    @Test
    void outsideOfContainersNothingIsLookedFor() throws IOException {
        touch("/data/x.czi");
        Files.createDirectories(root.resolve("proc/self"));
        Files.writeString(
                root.resolve("proc/self/mountinfo"),
                "1 0 8:1 / / rw - ext4 /dev/sda1 rw\n2 1 0:44 /well/data /data rw - gpfs well rw\n");
        assertEquals("/well/data/x.czi", resolve("/well/data/x.czi"));
        assertEquals(List.of(), notes);
    }

    @Test
    void severalFilesAreRefusedAndOneUnderTwoNamesIsNot() throws IOException {
        touch("/.dockerenv", "/a/x.czi", "/b/x.czi");
        mounts("700 600 0:44 /data /a rw - gpfs one rw\n701 600 0:45 /group/data /b rw - gpfs two rw\n");
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> resolve("/well/group/data/x.czi"));
        assertTrue(refusal.getMessage().contains("/a/x.czi (/well/group/data is mounted at /a)"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("/b/x.czi (/well/group/data is mounted at /b)"), refusal.getMessage());
        Files.delete(root.resolve("b/x.czi"));
        Files.createLink(root.resolve("b/x.czi"), root.resolve("a/x.czi"));
        assertEquals("/a/x.czi", resolve("/well/group/data/x.czi"));
    }

    @Test
    void aFileThatIsToBeWrittenGoesToItsFolder() throws IOException {
        touch("/.dockerenv", "/data/x.czi");
        mounts("700 600 0:44 /group/data /data rw - gpfs well rw\n");
        assertEquals("/data/out.json", resolve("/well/group/data/out.json"));
        assertNoted("using /data/out.json");
        assertEquals("/well/group/data/none/out.json", resolve("/well/group/data/none/out.json"));
        assertEquals(List.of(), notes);
        assertEquals("/elsewhere/y.czi", resolve("/elsewhere/y.czi"));
        assertNoted("nor is its folder; mounted here: /data");
    }

    @Test
    void brokenLinesAreNoReasonToFail() throws IOException {
        touch("/.dockerenv", "/data/x.czi");
        mounts("garbage\n\n1 2 3\n700 600 0:44 /\\777\\0 /\\ rw - gpfs\n701 600 0:44 /d /data rw - gpfs well rw\n");
        assertEquals("/data/x.czi", resolve("/well/d/x.czi"));
    }
}
