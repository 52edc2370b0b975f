package io.github.czi4j.bench.menu;

/** The user does not want to answer a question. */
final class Leave extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean isBack;

    Leave(boolean isBack) {
        super(isBack ? "back" : "leave", null, false, false);
        this.isBack = isBack;
    }

    /** Whether the question before, or the menu, is wanted again, and not the end. */
    boolean isBack() {
        return isBack;
    }
}
