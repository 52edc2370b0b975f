package io.github.czi4j;

import io.github.czi4j.index.SubblockDirectory;
import io.github.czi4j.index.SubblockLocator;
import io.github.czi4j.model.CziException;
import io.github.czi4j.zisraw.FileSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Says which files of a set are not there. */
final class MissingParts {
    /** A hostile directory may name as many files as it has entries. */
    private static final int MAX_TOLD = 20;

    private MissingParts() {}

    /** What is missing, in words; empty for a file that is no set. */
    static List<String> of(FileSet files, SubblockDirectory directory) throws CziException {
        List<String> missing = new ArrayList<>();
        SubblockLocator locator = new SubblockLocator(files, directory, true);
        int looked = 0;
        Map<Integer, Integer> firstRows = firstRowsOfMissing(files, directory);
        for (Map.Entry<Integer, Integer> entry : firstRows.entrySet()) {
            if (looked++ == MAX_TOLD) {
                missing.add("subblocks name " + (firstRows.size() - MAX_TOLD) + " more parts that are not there");
                break;
            }
            // Some writers leave subblocks in the first file under the number of another.
            if (!locator.isInMain(entry.getValue())) {
                missing.add("part " + entry.getKey() + " of the set of files (" + files.nameOfPart(entry.getKey())
                        + ") is missing: its subblocks cannot be read");
            }
        }
        List<Integer> unlisted = unlisted(files, directory);
        for (int part : unlisted.subList(0, Math.min(MAX_TOLD, unlisted.size()))) {
            missing.add("part " + part + " of the set of files (" + files.nameOfPart(part)
                    + ") is missing, and what is in it is not known");
        }
        return missing;
    }

    /** Numbers between those of the files that are there, of which no directory says a word. */
    static List<Integer> unlisted(FileSet files, SubblockDirectory directory) {
        TreeSet<Integer> absent = new TreeSet<>(files.gaps());
        for (int part : directory.fileParts()) {
            absent.remove(part);
        }
        return List.copyOf(absent);
    }

    private static Map<Integer, Integer> firstRowsOfMissing(FileSet files, SubblockDirectory directory) {
        Map<Integer, Integer> rows = new LinkedHashMap<>();
        for (int part : directory.fileParts()) {
            if (files.source(part) == null) {
                rows.put(part, -1);
            }
        }
        for (int row = 0, left = rows.size(); left > 0 && row < directory.size(); row++) {
            Integer known = rows.get(directory.filePart(row));
            if (known != null && known < 0) {
                rows.put(directory.filePart(row), row);
                left--;
            }
        }
        return rows;
    }
}
