package io.github.czi4j.verify;

import io.github.czi4j.verify.Finding.Severity;
import java.util.List;
import java.util.Map;

/**
 * What the checks of a file found.
 *
 * @param file name of the file
 * @param checks short names of the checks that were made, in their order, with the number of their findings
 * @param findings the findings in the order of the checks; of each check at most {@link #MAX_FINDINGS}
 * @param subblocks how many the directory has, or the scan found where it is of no use
 * @param decoded how many of them were decoded, 0 unless that was asked for
 */
public record Verification(
        String file, Map<String, Integer> checks, List<Finding> findings, int subblocks, int decoded) {
    /** So many findings of one check are told in words; a file may have a million. */
    public static final int MAX_FINDINGS = 100;

    /**
     * Number of findings of a severity that are told in words.
     *
     * @param severity the severity
     * @return at least 0
     */
    public long count(Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    /**
     * Whether nothing is lost or means two things.
     *
     * @return true if no finding is fatal
     */
    public boolean isSound() {
        return count(Severity.FATAL) == 0;
    }
}
