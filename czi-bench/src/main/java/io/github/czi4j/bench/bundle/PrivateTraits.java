package io.github.czi4j.bench.bundle;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds in texts what may tell who or where somebody is: users, machines, paths, identifiers of samples, e-mail addresses,
 * dates; and gives each of them, dates excepted, a name that tells nothing, the same wherever it occurs. What free text says
 * it does not understand. Not thread-safe.
 */
final class PrivateTraits {
    /** What a trait is of. */
    enum Kind {
        USER("user", "user or person"),
        HOST("host", "machine"),
        PATH("path", "path or file name"),
        IDENTIFIER("id", "identifier of a sample or patient"),
        MAIL("mail", "e-mail address"),
        DATE("date", "date (stays, also with --anonymise)");

        private final String prefix;
        private final String description;

        Kind(String prefix, String description) {
            this.prefix = prefix;
            this.description = description;
        }

        String description() {
            return description;
        }
    }

    /** Each text is searched for all of them: a file with more is not what it seems. */
    private static final int MAX_TRAITS = 1000;
    /** Shorter ones would be found inside of words that have nothing to do with them. */
    private static final int MIN_LENGTH = 3;

    private static final int MIN_NUMBER = 6;
    private static final Set<String> COMMON =
            Set.of("true", "false", "none", "unknown", "default", "local", "localhost");

    private static final Set<String> USER_NAMES = Set.of(
            "user",
            "username",
            "userid",
            "loginname",
            "displayname",
            "firstname",
            "middlename",
            "lastname",
            "fullname",
            "author",
            "operator",
            "owner",
            "creator",
            "createdby",
            "modifiedby",
            "lastmodifiedby",
            "person",
            "patient",
            "patientname",
            "experimenter",
            "phone",
            "institution",
            "department",
            "address");
    private static final Set<String> HOST_NAMES =
            Set.of("host", "hostname", "computername", "machinename", "computer", "device", "server", "domain");
    private static final Set<String> PATH_NAMES = Set.of(
            "path", "filepath", "filename", "folder", "directory", "originalfilename", "mountpoint", "imagename");
    private static final Set<String> IDENTIFIER_NAMES = Set.of(
            "barcode",
            "patientid",
            "slideid",
            "slidename",
            "sampleid",
            "samplename",
            "specimenid",
            "labelbarcode",
            "accessionnumber",
            "caseid");

    private static final Pattern MAIL = Pattern.compile("[\\w.+-]{1,64}@[\\w-]{1,63}(\\.[\\w-]{1,63}){1,8}");
    private static final Pattern UNIX = Pattern.compile("(?<![\\w:/.<])/(?:[^\\s/\"'<>|:;,]+/){1,64}[^\\s/\"'<>|:;,]*");
    private static final Pattern WINDOWS = Pattern.compile(
            "(?<!\\w)(?:[A-Za-z]:\\\\|\\\\\\\\[\\w.-]+\\\\)(?:[^\\\\/\"'<>|:;,\\r\\n]+\\\\){0,64}[^\\\\\\s/\"'<>|:;,]*");
    private static final Pattern REMOTE = Pattern.compile("^([\\w.-]{2,}):/");
    private static final Pattern URL = Pattern.compile("\\b[a-z0-9]{2,10}://([^/\\s\"'<>]+)");
    private static final Pattern SHARE = Pattern.compile("^(?:\\\\\\\\|//)([\\w.-]+)[\\\\/]");
    private static final Pattern HOME =
            Pattern.compile("(?:/home/|/Users/|/users/|\\\\Users\\\\)([^/\\\\\\s\"'<>:;,]+)");
    private static final Pattern DATE = Pattern.compile("(?<!\\d)(?:19|20)\\d\\d-[01]\\d-[0-3]\\d(?!\\d)");
    private static final Set<String> NO_FILE = Set.of("/", ".", "..", "-");

    private final Map<String, Kind> traits = new LinkedHashMap<>();
    private final Map<String, String> pseudonyms = new LinkedHashMap<>();
    private final Set<String> dates = new TreeSet<>();
    private Pattern all;
    private boolean isOverfull;

    /** Whether there were more traits than can be looked for: not all are known then. */
    boolean isOverfull() {
        return isOverfull;
    }

    /** Notes what is known beforehand. */
    void add(Kind kind, String value) {
        String trimmed = value.strip();
        if (trimmed.isEmpty() || NO_FILE.contains(trimmed)) {
            return;
        }
        if (traits.containsKey(trimmed)) {
            return;
        }
        if (traits.size() >= MAX_TRAITS) {
            isOverfull = true;
            return;
        }
        traits.put(trimmed, kind);
        all = null;
    }

    /** Notes the name of a file: the whole, its folder, and the bare name with and without its ending. */
    void addFile(String name) {
        add(Kind.PATH, name);
        int slash = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
        String last = name.substring(slash + 1);
        add(Kind.PATH, last);
        int dot = last.lastIndexOf('.');
        if (dot > 0) {
            add(Kind.PATH, last.substring(0, dot));
        }
        scan("", name);
    }

    /**
     * Looks at a text.
     *
     * @param name of the member, element or attribute that it is the value of
     */
    void scan(String name, String text) {
        Kind named = kindOf(name);
        if (named != null) {
            add(named, text);
        }
        find(REMOTE, text, 1, Kind.HOST);
        find(SHARE, text, 1, Kind.HOST);
        find(URL, text, 1, Kind.HOST);
        find(HOME, text, 1, Kind.USER);
        find(MAIL, text, 0, Kind.MAIL);
        find(WINDOWS, text, 0, Kind.PATH);
        find(UNIX, text, 0, Kind.PATH);
        Matcher date = DATE.matcher(text);
        while (date.find()) {
            dates.add(date.group());
        }
    }

    /** What the values of a name are; null if it says nothing of that kind. */
    private static Kind kindOf(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        if (USER_NAMES.contains(plain)) {
            return Kind.USER;
        }
        if (IDENTIFIER_NAMES.contains(plain)) {
            return Kind.IDENTIFIER;
        }
        if (PATH_NAMES.contains(plain)) {
            return Kind.PATH;
        }
        return HOST_NAMES.contains(plain) ? Kind.HOST : null;
    }

    private void find(Pattern pattern, String text, int group, Kind kind) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            add(kind, matcher.group(group));
        }
    }

    /**
     * The text with a name that tells nothing in place of each trait.
     *
     * @param name of the member, element or attribute that it is the value of
     */
    String anonymise(String name, String text) {
        if (kindOf(name) != null && traits.containsKey(text.strip())) {
            return pseudonym(text.strip());
        }
        if (all == null) {
            all = pattern();
        }
        Matcher matcher = all.matcher(text);
        StringBuilder result = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(result, Matcher.quoteReplacement(pseudonym(matcher.group())));
        }
        return matcher.appendTail(result).toString();
    }

    /** All traits, the longest first, as whole words: a path must go before the name of its user does. */
    private Pattern pattern() {
        String any = traits.keySet().stream()
                .filter(PrivateTraits::isTelling)
                .sorted((a, b) -> b.length() - a.length())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        return Pattern.compile(any.isEmpty() ? "(?!)" : "(?<![\\p{L}\\p{N}])(?:" + any + ")(?![\\p{L}\\p{N}])");
    }

    /** Not a number or word that is also the value of a thousand other things. */
    private static boolean isTelling(String trait) {
        boolean isNumber = trait.chars().noneMatch(Character::isLetter);
        return trait.length() >= (isNumber ? MIN_NUMBER : MIN_LENGTH)
                && !COMMON.contains(trait.toLowerCase(Locale.ROOT));
    }

    private String pseudonym(String trait) {
        Kind kind = traits.get(trait);
        return pseudonyms.computeIfAbsent(trait, key -> {
            long number = pseudonyms.keySet().stream()
                            .filter(other -> traits.get(other) == kind)
                            .count()
                    + 1;
            String ending = trait.toLowerCase(Locale.ROOT).endsWith(".czi") ? ".czi" : "";
            return kind.prefix + "-" + number + ending;
        });
    }

    /** What was found, by what it is. */
    Map<Kind, Set<String>> found() {
        Map<Kind, Set<String>> found = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            Set<String> values = kind == Kind.DATE ? dates : new TreeSet<>();
            traits.forEach((trait, of) -> {
                if (of == kind) {
                    values.add(trait);
                }
            });
            if (!values.isEmpty()) {
                found.put(kind, values);
            }
        }
        return found;
    }
}
