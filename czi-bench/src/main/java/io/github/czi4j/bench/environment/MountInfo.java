package io.github.czi4j.bench.environment;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A line of {@code /proc/self/mountinfo} (proc_pid_mountinfo(5)).
 *
 * @param device major and minor number, for instance {@code 8:1}
 * @param point where it is mounted
 * @param options of the mount, then of the file system
 * @param type of the file system, for instance {@code ext4}
 * @param source device or share, for instance {@code /dev/sda1} or {@code server:/export}
 */
record MountInfo(String device, String point, String options, String type, String source) {
    private static final int DEVICE = 2;
    private static final int POINT = 4;
    private static final int OPTIONS = 5;
    private static final int OPTIONAL = 6;

    private static final Set<String> REMOTE = Set.of(
            "nfs",
            "nfs4",
            "cifs",
            "smb3",
            "smbfs",
            "lustre",
            "gpfs",
            "beegfs",
            "ceph",
            "glusterfs",
            "afs",
            "9p",
            "virtiofs",
            "davfs",
            "pvfs2",
            "orangefs",
            "panfs",
            "wekafs",
            "dvs",
            "ncpfs",
            "coda");
    /** Programs that make a file system of something on another machine. Others, such as ntfs-3g, work on a local disk. */
    private static final List<String> REMOTE_FUSE = List.of(
            "sshfs",
            "s3fs",
            "goofys",
            "rclone",
            "gcsfuse",
            "glusterfs",
            "ceph",
            "smb",
            "curlftpfs",
            "davfs",
            "beegfs",
            "juicefs",
            "mount-s3",
            "gvfs",
            "blobfuse",
            "moosefs",
            "mfs",
            "quobyte",
            "seaweedfs",
            "alluxio");

    static List<MountInfo> parse(List<String> lines) {
        List<MountInfo> mounts = new ArrayList<>();
        for (String line : lines) {
            List<String> fields = Arrays.asList(line.trim().split(" +"));
            int dash = fields.subList(Math.min(OPTIONAL, fields.size()), fields.size())
                    .indexOf("-");
            int tail = OPTIONAL + dash + 1;
            if (dash >= 0 && fields.size() >= tail + 2) {
                String ofFileSystem = fields.size() > tail + 2 ? "," + fields.get(tail + 2) : "";
                mounts.add(new MountInfo(
                        fields.get(DEVICE),
                        unescape(fields.get(POINT)),
                        fields.get(OPTIONS) + ofFileSystem,
                        fields.get(tail),
                        unescape(fields.get(tail + 1))));
            }
        }
        return mounts;
    }

    /** Blanks and the like are written as three octal digits; names are UTF-8. */
    private static String unescape(String field) {
        byte[] in = field.getBytes(StandardCharsets.ISO_8859_1);
        byte[] out = new byte[in.length];
        int length = 0;
        for (int i = 0; i < in.length; i++) {
            boolean isEscaped = in[i] == '\\'
                    && i + 3 < in.length
                    && field.substring(i + 1, i + 4).matches("[0-3][0-7]{2}");
            out[length++] = isEscaped ? (byte) Integer.parseInt(field.substring(i + 1, i + 4), 8) : in[i];
            i += isEscaped ? 3 : 0;
        }
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }

    /** The mount that an absolute path lies on: the longest that leads to it, and of equal ones the last, on top. */
    static Optional<MountInfo> of(Path file, List<MountInfo> mounts) {
        MountInfo best = null;
        for (MountInfo mount : mounts) {
            boolean leadsThere = file.startsWith(mount.point());
            if (leadsThere && (best == null || mount.point.length() >= best.point.length())) {
                best = mount;
            }
        }
        return Optional.ofNullable(best);
    }

    boolean isRemote() {
        String lower = type.toLowerCase(Locale.ROOT);
        return REMOTE.contains(lower)
                || lower.startsWith("fuse")
                        && REMOTE_FUSE.stream()
                                .anyMatch(program -> lower.contains(program)
                                        || source.toLowerCase(Locale.ROOT).startsWith(program));
    }
}
