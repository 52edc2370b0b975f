package io.github.czi4j.bench.menu;

import io.github.czi4j.bench.place.ResultFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The questions that a task and a file leave open, and the arguments that their answers make. */
final class Questions {
    private static final String CHANNEL = "--channel";
    private static final String SCENE = "--scene";
    private static final String MAX_TILES = "--max-tiles";
    private static final String PLANE = "--plane";
    private static final String SAVE = "--save";
    private static final String ALL = "all";
    /** The longer side of a picture that any program shows. */
    private static final int PICTURE_SIDE = 4096;

    private static final int LIST = 50;

    private final Dialog dialog;

    Questions(Dialog dialog) {
        this.dialog = dialog;
    }

    /**
     * Asks what is open.
     *
     * @param task what is done
     * @param file the file, empty for a sample
     * @param given options that the user has given already, which are not asked for; with their values
     * @return arguments of the command, its name first
     */
    List<String> ask(Task task, Optional<FileLook> file, List<String> given) throws IOException, Leave {
        // An option may be written with its value, as --channel=1.
        Set<String> answered =
                given.stream().map(argument -> argument.replaceFirst("=.*", "")).collect(Collectors.toSet());
        List<String> arguments = new ArrayList<>(List.of(task.command().name()));
        file.ifPresent(look -> arguments.add(look.path().toString()));
        List<String> selection = new ArrayList<>();
        if (file.isPresent()) {
            selection.addAll(channel(task, file.get(), answered));
            selection.addAll(scene(task, file.get(), answered));
        }
        arguments.addAll(tiles(task, answered));
        arguments.addAll(selection);
        if (task.isOf("read")) {
            arguments.addAll(picture(file.orElseThrow()));
        }
        if (task.has(SAVE) && !answered.contains(SAVE) && !answered.contains("--output")) {
            arguments.add(SAVE);
        }
        arguments.addAll(given);
        return arguments;
    }

    private List<String> channel(Task task, FileLook file, Set<String> answered) throws IOException, Leave {
        boolean asPlane = !task.has(CHANNEL) && task.has(PLANE);
        if (!file.hasChannels() || !(asPlane || task.has(CHANNEL)) || answered.contains(CHANNEL)) {
            return List.of();
        }
        int lowest = file.channels().get().min();
        int channel = dialog.ask("Channel (" + file.channelList(LIST) + ")", String.valueOf(lowest), answer -> {
                    int number = Dialog.number(answer, lowest);
                    if (!file.channels().get().contains(number)) {
                        throw new IllegalArgumentException("there is no channel " + number);
                    }
                    return number;
                })
                .orElse(lowest);
        return asPlane ? List.of(PLANE, "C=" + channel) : List.of(CHANNEL, String.valueOf(channel));
    }

    private List<String> scene(Task task, FileLook file, Set<String> answered) throws IOException, Leave {
        if (!file.hasScenes() || !task.has(SCENE) || answered.contains(SCENE)) {
            return List.of();
        }
        Optional<String> scene = dialog.ask("Scene (" + file.sceneList(LIST) + ")", ALL, answer -> {
            if (!answer.equals(ALL)
                    && !file.scenes()
                            .contains(Dialog.number(answer, file.scenes().first()))) {
                throw new IllegalArgumentException("there is no scene " + answer);
            }
            return answer;
        });
        return scene.isEmpty() || scene.get().equals(ALL) ? List.of() : List.of(SCENE, scene.get());
    }

    private List<String> tiles(Task task, Set<String> answered) throws IOException, Leave {
        if (!task.has(MAX_TILES) || answered.contains(MAX_TILES)) {
            return task.options();
        }
        String usual = task.presetTiles() == 0 ? "as many as fit" : String.valueOf(task.presetTiles());
        Optional<Integer> tiles = dialog.ask("Tiles at most", usual, answer -> Dialog.number(answer, 1));
        return tiles.isEmpty() || tiles.get() == task.presetTiles() ? task.options() : task.withTiles(tiles.get());
    }

    private List<String> picture(FileLook file) throws IOException, Leave {
        double fitting = 1;
        while (Math.max(file.image().width(), file.image().height()) * fitting > PICTURE_SIDE) {
            fitting /= 2;
        }
        String usual = fitting == 1 ? "1" : String.valueOf(fitting);
        String zoom =
                dialog.ask("Zoom, above 0, at most 1", usual, Questions::zoom).orElse(usual);
        Path folder = ResultFile.folder(file.path()).orElse(file.path().resolveSibling(""));
        String out = dialog.ask("Write to", unused(folder, file.path()).toString(), Questions::newPicture)
                .orElse(unused(folder, file.path()).toString());
        return List.of("--zoom", zoom, "--out", out);
    }

    private static String zoom(String answer) {
        try {
            double zoom = Double.parseDouble(answer);
            if (zoom > 0 && zoom <= 1) {
                return answer;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a number such as 0.25, please", e);
        }
        throw new IllegalArgumentException("above 0 and at most 1, please");
    }

    private static String newPicture(String answer) {
        Path path = ShellWords.path(answer, System.getProperty("user.home", ""), File.separatorChar == '/');
        String name = path.toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".png") && !name.endsWith(".tif") && !name.endsWith(".raw")) {
            throw new IllegalArgumentException("a name that ends in .png, .tif or .raw, please");
        }
        if (Files.exists(path)) {
            throw new IllegalArgumentException(path + " exists already");
        }
        return path.toString();
    }

    private static Path unused(Path folder, Path czi) {
        String stem = czi.getFileName().toString().replaceFirst("(?i)\\.czi$", "");
        Path picture = folder.resolve(stem + ".png");
        for (int count = 2; Files.exists(picture); count++) {
            picture = folder.resolve(stem + "_" + count + ".png");
        }
        return picture;
    }
}
