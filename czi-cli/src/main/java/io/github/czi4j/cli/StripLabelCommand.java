package io.github.czi4j.cli;

import io.github.czi4j.Attachment;
import io.github.czi4j.CziOptions;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code czi strip-label}. */
@Command(
        name = "strip-label",
        description = "Writes a copy without the pictures of the slide's label: label, preview, prescan and thumbnail.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Tiles are copied byte by byte and compared. The metadata stays as it is: look for names in it",
            "(czi metadata OUT.czi), such as the slide's title or a barcode, before you give the file away.",
            "",
            "Examples:",
            "  czi strip-label slide.czi anonymous.czi"
        })
final class StripLabelCommand implements Callable<Integer> {
    private static final Set<String> NAMES = Set.of("label", "slidepreview", "preview", "prescan", "thumbnail");

    @Mixin
    private CopyArguments arguments;

    @Override
    public Integer call() throws IOException {
        return arguments.copy(
                CziOptions.defaults(), copier -> copier.attachments(attachment -> !showsLabel(attachment)));
    }

    private static boolean showsLabel(Attachment attachment) {
        return NAMES.contains(attachment.name().trim().toLowerCase(Locale.ROOT));
    }
}
