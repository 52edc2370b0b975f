package io.github.czi4j.bench.measure;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.czi4j.bench.record.ChildRecording;
import io.github.czi4j.model.CziException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One configuration measured in a JVM of its own, which compiles for it alone.
 *
 * @param samples the counted loads
 * @param hashes fingerprints of the pixels of all loads
 * @param warmUp loads that were not counted
 * @param memory what a load took, if that was looked at
 * @param startUpSeconds what the start of worker processes took; 0 if there are none
 */
record Fork(
        List<Sample> samples,
        List<String> hashes,
        Sampler.WarmUp warmUp,
        Optional<MemoryWatch.Peak> memory,
        double startUpSeconds) {

    /**
     * What the JVM is to do.
     *
     * @param job what to load
     * @param configuration how
     * @param warmUp least time of the loads that are not counted
     * @param loads least number of counted ones
     * @param least time below which there are more of them
     * @param isCold whether the file is dropped from the page cache before each
     * @param mayDropAll whether the page cache of the whole machine may be dropped for that
     * @param watchesMemory whether there is a load for its memory
     * @param recording where it records itself; null for no recording
     */
    record Task(
            Job job,
            Configuration configuration,
            Duration warmUp,
            int loads,
            Duration least,
            boolean isCold,
            boolean mayDropAll,
            boolean watchesMemory,
            Path recording) {
        /** However short the loads are. */
        private static final int MAX_LOADS = 30;

        JsonObject toJson() {
            JsonObject json = new JsonObject();
            json.addProperty(ChildMain.ROLE, ChildMain.FORK);
            json.add("job", job.toJson());
            json.add("configuration", configuration.toJson());
            json.addProperty("warmUpNanos", warmUp.toNanos());
            json.addProperty("loads", loads);
            json.addProperty("leastNanos", least.toNanos());
            json.addProperty("isCold", isCold);
            json.addProperty("mayDropAll", mayDropAll);
            json.addProperty("watchesMemory", watchesMemory);
            json.addProperty("recording", recording == null ? null : recording.toString());
            return json;
        }

        static Task fromJson(JsonObject json) {
            return new Task(
                    Job.fromJson(json.getAsJsonObject("job")),
                    Configuration.fromJson(json.getAsJsonObject("configuration")),
                    Duration.ofNanos(json.get("warmUpNanos").getAsLong()),
                    json.get("loads").getAsInt(),
                    Duration.ofNanos(json.get("leastNanos").getAsLong()),
                    json.get("isCold").getAsBoolean(),
                    json.get("mayDropAll").getAsBoolean(),
                    json.get("watchesMemory").getAsBoolean(),
                    json.has("recording") && !json.get("recording").isJsonNull()
                            ? Path.of(json.get("recording").getAsString())
                            : null);
        }

        /** The same, recording itself. */
        Task recorded(Path where) {
            return new Task(job, configuration, warmUp, loads, least, isCold, mayDropAll, watchesMemory, where);
        }

        boolean isAnotherLoadDue(int done, long nanos) {
            return done < loads || done < MAX_LOADS && nanos < least.toNanos();
        }
    }

    /**
     * Starts a JVM for a task and waits for what it measures.
     *
     * @param number of the JVM, which its samples carry
     * @throws CziException if it ends early; with what it said
     */
    static Fork measure(Task task, int number) throws CziException {
        try (ChildJvm jvm = ChildJvm.start(
                "the JVM for " + task.configuration(),
                ChildMain.class,
                Runtime.getRuntime().maxMemory())) {
            jvm.send(task.toJson().toString());
            return fromJson(JsonParser.parseString(jvm.receive()).getAsJsonObject(), number);
        } catch (IOException e) {
            throw CziException.io(task.job().file().name(), CziException.NO_OFFSET, e.getMessage(), e);
        }
    }

    /** Does a task in this JVM. */
    static JsonObject measureHere(JsonObject json) throws CziException {
        Task task = Task.fromJson(json);
        if (task.recording() == null) {
            return measureHere(task);
        }
        ChildRecording recording = new ChildRecording(task.recording());
        try (recording) {
            return measureHere(task);
        } catch (CziException e) {
            throw e;
        } catch (IOException e) {
            throw CziException.io(task.recording().toString(), CziException.NO_OFFSET, e.getMessage(), e);
        }
    }

    private static JsonObject measureHere(Task task) throws CziException {
        try (Loader loader = Loader.of(task.job(), task.configuration())) {
            Sampler sampler = new Sampler(task.job().file(), loader);
            Sampler.WarmUp warmUp = sampler.warmUp(task.warmUp());
            double startUp = loader.startUpSeconds();
            List<Sample> samples = new ArrayList<>();
            long begun = System.nanoTime();
            while (task.isAnotherLoadDue(samples.size(), System.nanoTime() - begun)) {
                samples.add(task.isCold() ? sampler.coldSample(0, task.mayDropAll()) : sampler.sample(0));
            }
            Optional<MemoryWatch.Peak> memory = task.watchesMemory() ? Optional.of(sampler.memory()) : Optional.empty();
            return new Fork(samples, List.copyOf(sampler.hashes()), warmUp, memory, startUp).toJson();
        }
    }

    private JsonObject toJson() {
        JsonObject json = new JsonObject();
        JsonArray array = new JsonArray();
        samples.forEach(sample -> array.add(sample.toJson()));
        json.add("samples", array);
        JsonArray seen = new JsonArray();
        hashes.forEach(seen::add);
        json.add("hashes", seen);
        json.addProperty("warmUpRounds", warmUp.rounds());
        json.addProperty("isSteady", warmUp.isSteady());
        json.add("memory", memory.<JsonElement>map(MemoryWatch.Peak::toJson).orElse(JsonNull.INSTANCE));
        json.addProperty("startUpSeconds", startUpSeconds);
        return json;
    }

    private static Fork fromJson(JsonObject json, int number) {
        List<Sample> samples = new ArrayList<>();
        json.getAsJsonArray("samples").forEach(one -> samples.add(Sample.fromJson(one.getAsJsonObject(), number)));
        List<String> hashes = new ArrayList<>();
        json.getAsJsonArray("hashes").forEach(one -> hashes.add(one.getAsString()));
        return new Fork(
                samples,
                hashes,
                new Sampler.WarmUp(
                        json.get("warmUpRounds").getAsInt(),
                        json.get("isSteady").getAsBoolean()),
                json.get("memory").isJsonNull()
                        ? Optional.empty()
                        : Optional.of(MemoryWatch.Peak.fromJson(json.getAsJsonObject("memory"))),
                json.get("startUpSeconds").getAsDouble());
    }
}
