package io.github.czi4j.index;

import java.util.List;

/**
 * What was odd about a directory.
 *
 * @param announced number of entries that the directory claims to have
 * @param missing number of those that could not be read at all
 * @param problems the first problems in words, with offsets; at most {@link #MAX_PROBLEMS}
 * @param problemCount number of problems in all
 */
public record DirectoryReport(int announced, int missing, List<String> problems, int problemCount) {
    /** So many problems are told in words; a file may have a million. */
    public static final int MAX_PROBLEMS = 100;
}
