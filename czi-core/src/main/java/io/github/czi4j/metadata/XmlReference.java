package io.github.czi4j.metadata;

/** What may stand between {@code &} and {@code ;} where a document has no entities of its own. */
final class XmlReference {
    /** No character. */
    static final int NONE = -1;

    /** Longer names mean nothing. */
    static final int MAX_LENGTH = 12;

    private XmlReference() {}

    static boolean isNameByte(int b) {
        return b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || b == '#';
    }

    /** The character that a name stands for, {@link #NONE} if for none. */
    static int character(String name) {
        return switch (name) {
            case "lt" -> '<';
            case "gt" -> '>';
            case "amp" -> '&';
            case "quot" -> '"';
            case "apos" -> '\'';
            default -> numbered(name);
        };
    }

    private static int numbered(String name) {
        try {
            int character = NONE;
            if (name.startsWith("#x")) {
                character = Integer.parseInt(name, 2, name.length(), 16);
            } else if (name.startsWith("#")) {
                character = Integer.parseInt(name, 1, name.length(), 10);
            }
            return Character.isValidCodePoint(character) ? character : NONE;
        } catch (NumberFormatException e) {
            return NONE;
        }
    }
}
