package io.github.czi4j.bench.diagnose;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.czi4j.bench.report.Quantities;
import java.util.List;

/**
 * What a remedy would bring and cost for the whole file, from a sample of it.
 *
 * @param name of the remedy, for instance {@code local-copy}
 * @param title the same in words
 * @param gainSeconds saved each time the whole file is loaded; negative if it would take longer
 * @param addedBytes that the file, or its copy, would take more; negative if fewer
 * @param costSeconds that the remedy takes once
 * @param evidence sentences with figures
 * @param command that does it; empty for none
 */
public record Price(
        String name,
        String title,
        double gainSeconds,
        double addedBytes,
        double costSeconds,
        List<String> evidence,
        String command) {

    /** After how many loads it has paid; 0 if it never will. */
    double loads() {
        return Quantities.loadsToPay(gainSeconds, costSeconds);
    }

    String text() {
        String gain = gainSeconds > 0
                ? "saves about " + Quantities.seconds(gainSeconds) + " each time the whole file is loaded"
                : "saves nothing, " + Quantities.seconds(-gainSeconds) + " are lost each time";
        String bytes = addedBytes >= 0
                ? "takes " + Quantities.bytes(addedBytes) + " more"
                : "takes " + Quantities.bytes(-addedBytes) + " less";
        String paid = gainSeconds > 0
                ? "; paid for after " + Quantities.count(loads()) + (loads() == 1 ? " load" : " loads")
                : "";
        return String.join(" ", evidence) + " For the whole file it " + gain + ", " + bytes + ", and costs "
                + Quantities.seconds(costSeconds) + " once" + paid + ".";
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("name", name);
        json.addProperty("title", title);
        json.addProperty("gainSeconds", gainSeconds);
        json.addProperty("addedBytes", addedBytes);
        json.addProperty("costSeconds", costSeconds);
        JsonArray sentences = new JsonArray();
        evidence.forEach(sentences::add);
        json.add("evidence", sentences);
        json.addProperty("command", command.isEmpty() ? null : command);
        return json;
    }
}
