package io.github.czi4j.metadata;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/** Points of time as the metadata writes them. */
final class Times {
    /** What a program without a date writes: the first year of its calendar. */
    private static final int NO_YEAR = 1;

    private Times() {}

    /** ISO 8601; without a zone UTC is meant. */
    static Optional<Instant> parse(String text) {
        try {
            TemporalAccessor parsed =
                    DateTimeFormatter.ISO_DATE_TIME.parseBest(text.strip(), OffsetDateTime::from, LocalDateTime::from);
            OffsetDateTime time = parsed instanceof OffsetDateTime offset
                    ? offset
                    : LocalDateTime.from(parsed).atOffset(ZoneOffset.UTC);
            return time.getYear() > NO_YEAR && time.getYear() <= 9999
                    ? Optional.of(time.toInstant())
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
