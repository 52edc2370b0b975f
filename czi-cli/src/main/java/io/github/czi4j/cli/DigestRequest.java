package io.github.czi4j.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.czi4j.MosaicRequest;
import io.github.czi4j.model.PyramidGaps;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A mosaic to take the fingerprint of, as a line of {@code czi digest --mosaics} asks for it. It is composed as libCZI
 * does, since fingerprints are for comparing: gaps of the pyramid are left.
 *
 * @param mosaic what is wanted, null if it cannot be answered
 * @param refusal why it cannot, else null
 */
record DigestRequest(MosaicRequest mosaic, String refusal) {

    /**
     * Reads all requests before anything is answered, so that a slip in the last line does not cost the work on those
     * before.
     *
     * @param file a request in JSON a line
     * @throws IllegalArgumentException if a line is no request; the message names it
     */
    static List<DigestRequest> readAll(Path file) throws IOException {
        List<DigestRequest> result = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                result.add(of(JsonParser.parseString(line).getAsJsonObject()));
            } catch (JsonParseException
                    | IllegalStateException
                    | IllegalArgumentException
                    | UnsupportedOperationException
                    | ClassCastException e) {
                // What gson throws depends on what stands where something else should.
                throw new IllegalArgumentException(
                        file + ": line " + number
                                + " is not a request such as {\"plane\":\"C0\",\"roi\":[0,0,512,512],\"zoom\":1}",
                        e);
            }
        }
        return result;
    }

    private static DigestRequest of(JsonObject json) {
        JsonArray roi = json.getAsJsonArray("roi");
        if (roi == null || roi.size() != 4) {
            throw new IllegalArgumentException("roi");
        }
        int[] numbers = {
            roi.get(0).getAsInt(),
            roi.get(1).getAsInt(),
            roi.get(2).getAsInt(),
            roi.get(3).getAsInt()
        };
        String plane = json.has("plane") ? json.get("plane").getAsString() : "";
        boolean maskAware = json.has("maskAware") && json.get("maskAware").getAsBoolean();
        UnaryOperator<MosaicRequest> scale = scale(json);
        JsonElement scene = json.get("scene");
        Integer sceneIndex = scene == null || scene.isJsonNull() ? null : scene.getAsInt();
        try {
            MosaicRequest request = MosaicRequest.region(numbers[0], numbers[1], numbers[2], numbers[3])
                    .plane(plane)
                    .maskAware(maskAware)
                    .pyramidGaps(PyramidGaps.LEAVE);
            request = scale.apply(request);
            return new DigestRequest(sceneIndex == null ? request : request.scene(sceneIndex), null);
        } catch (IllegalArgumentException e) {
            // A request all right, but for something that cannot be.
            return new DigestRequest(null, e.getMessage());
        }
    }

    private static UnaryOperator<MosaicRequest> scale(JsonObject json) {
        if (json.has("layer") != json.has("minificationFactor")) {
            throw new IllegalArgumentException("layer and minificationFactor belong together");
        }
        if (json.has("layer")) {
            int factor = json.get("minificationFactor").getAsInt();
            int layer = json.get("layer").getAsInt();
            return request -> request.pyramidLayer(factor, layer);
        }
        double zoom = json.has("zoom") ? json.get("zoom").getAsDouble() : 1;
        return request -> request.zoom(zoom);
    }
}
