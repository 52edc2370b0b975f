package io.github.czi4j.metadata;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The document as such: {@code Information/Document}, {@code Application} and {@code User} (sheet §5.5).
 *
 * @param title for readers
 * @param name as the program calls it, often the name of the file
 * @param description in words
 * @param comment in words
 * @param keywords what stands between {@code ;}, at most 1000
 * @param rating from 0
 * @param creation when the document was made
 * @param user who made it
 * @param software what made it
 */
public record DocumentInfo(
        Optional<String> title,
        Optional<String> name,
        Optional<String> description,
        Optional<String> comment,
        List<String> keywords,
        OptionalInt rating,
        Creation creation,
        User user,
        Software software) {
    private static final int MAX_KEYWORDS = 1000;

    /**
     * When a document was made.
     *
     * @param stored {@code CreationDate} as it is written
     * @param time the same as a point of time; without a zone it is taken for UTC
     */
    public record Creation(Optional<String> stored, Optional<Instant> time) {}

    /**
     * A user.
     *
     * @param userName account at the microscope
     * @param displayName for readers
     * @param firstName of the person
     * @param lastName of the person
     * @param email address
     */
    public record User(
            Optional<String> userName,
            Optional<String> displayName,
            Optional<String> firstName,
            Optional<String> lastName,
            Optional<String> email) {}

    /**
     * A program.
     *
     * @param name for instance {@code ZEN 2.3 (blue edition)}
     * @param version for instance {@code 2.3.69.1000}
     */
    public record Software(Optional<String> name, Optional<String> version) {
        /**
         * Name and version in one line.
         *
         * @return empty if there is no name
         */
        public Optional<String> label() {
            return name.map(text -> version.map(number -> text + " " + number).orElse(text));
        }
    }

    static DocumentInfo of(XmlElement information) {
        XmlElement document = information.at("Document");
        XmlElement user = information.at("User");
        Optional<String> creation = document.text("CreationDate");
        return new DocumentInfo(
                document.text("Title"),
                document.text("Name"),
                document.text("Description"),
                document.text("Comment"),
                keywords(document.text("Keywords").orElse("")),
                document.integer("Rating"),
                new Creation(creation, creation.flatMap(Times::parse)),
                new User(
                        document.text("UserName").or(() -> user.text("UserName")),
                        user.text("DisplayName"),
                        user.text("FirstName"),
                        user.text("LastName"),
                        user.text("Email")),
                new Software(information.text("Application/Name"), information.text("Application/Version")));
    }

    private static List<String> keywords(String text) {
        return Arrays.stream(text.split(";", MAX_KEYWORDS + 1))
                .limit(MAX_KEYWORDS)
                .map(String::strip)
                .filter(keyword -> !keyword.isEmpty())
                .toList();
    }
}
