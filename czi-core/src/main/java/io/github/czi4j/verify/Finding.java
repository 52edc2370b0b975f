package io.github.czi4j.verify;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Something that a check found.
 *
 * @param severity how bad it is
 * @param check short name of the check, for instance {@code subblksegmentsvalid}; stable, for machines
 * @param offset where in the file, in bytes, if it is at one place
 * @param subblock its index in the directory, if it is about one
 * @param message what is wrong, in words
 * @param lost what cannot be had because of it, in words; empty if nothing is lost
 */
public record Finding(
        Severity severity, String check, OptionalLong offset, OptionalInt subblock, String message, String lost) {

    /** How bad a finding is. */
    public enum Severity {
        /** Something in the file cannot be read, or means two things. */
        FATAL,
        /** Readable, but not as the format asks for; other readers may stumble. */
        WARNING,
        /** Worth knowing. */
        INFO
    }

    static Finding of(Severity severity, String check, String message) {
        return new Finding(severity, check, OptionalLong.empty(), OptionalInt.empty(), message, "");
    }

    Finding at(long position) {
        return new Finding(severity, check, OptionalLong.of(position), subblock, message, lost);
    }

    Finding ofSubblock(int index) {
        return new Finding(severity, check, offset, OptionalInt.of(index), message, lost);
    }

    Finding saying(String words) {
        return new Finding(severity, check, offset, subblock, words, lost);
    }

    Finding losing(String what) {
        return new Finding(severity, check, offset, subblock, message, what);
    }
}
