package io.github.czi4j.cli;

import com.google.gson.JsonObject;
import io.github.czi4j.CziReader;
import io.github.czi4j.bench.console.Units;
import io.github.czi4j.model.TransferStatistics;
import java.util.Optional;

/** What reading from a server took, for reports. */
final class Transfer {
    private Transfer() {}

    /** In words; empty for a local file. */
    static Optional<String> text(CziReader reader) {
        return reader.transferStatistics()
                .map(s -> s.requests() + " requests, " + Units.bytes(s.bytes()) + " received, " + s.retries()
                        + " retries, " + s.hits() + " reads served from memory, up to "
                        + Units.bytes(s.maxBufferedBytes()) + " fetched ahead");
    }

    /** Adds a member {@code transfer}, for a file that comes from a server. */
    static void addTo(JsonObject object, CziReader reader) {
        if (reader.transferStatistics().isEmpty()) {
            return;
        }
        TransferStatistics statistics = reader.transferStatistics().get();
        JsonObject transfer = new JsonObject();
        transfer.addProperty("requests", statistics.requests());
        transfer.addProperty("bytes", statistics.bytes());
        transfer.addProperty("retries", statistics.retries());
        transfer.addProperty("hits", statistics.hits());
        transfer.addProperty("maxBufferedBytes", statistics.maxBufferedBytes());
        object.add("transfer", transfer);
    }
}
