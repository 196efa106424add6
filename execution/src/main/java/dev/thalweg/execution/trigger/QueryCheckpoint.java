package dev.thalweg.execution.trigger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.thalweg.planner.incremental.Fingerprint;
import dev.thalweg.spi.error.Corrupted;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.file.Directories;
import dev.thalweg.spi.format.DurationText;
import dev.thalweg.state.Checkpoint;
import dev.thalweg.state.CheckpointMetadata;
import dev.thalweg.state.log.TriggerLog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

/// A query's checkpoint: the directory, and what was fixed when it was made: the query's id, the plan it belongs to, the
/// time zone it goes on with.
final class QueryCheckpoint implements AutoCloseable {
    private static final String NO_TTL = "'none'";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Checkpoint checkpoint;
    private final boolean isTemporary;
    private final UUID id;
    private final ZoneId zone;

    private QueryCheckpoint(Checkpoint checkpoint, boolean isTemporary, ZoneId zone) {
        this.checkpoint = checkpoint;
        this.isTemporary = isTemporary;
        this.id = UUID.fromString(checkpoint.metadata().queryId());
        this.zone = zone;
    }

    /// What a checkpoint knows its query by.
    ///
    /// @param timeToLiveMicros of the query; only for what is said where another one does not fit
    record Identity(Fingerprint plan, QueryEnds ends, OptionalLong timeToLiveMicros) {
        private String stateTtl() {
            return timeToLiveMicros.isPresent()
                    ? "'" + DurationText.of(Duration.of(timeToLiveMicros.getAsLong(), ChronoUnit.MICROS)) + "'"
                    : NO_TTL;
        }
    }

    /// A segment of the log is as long as the log between two snapshots, so that each snapshot frees about one.
    ///
    /// **Errors** `THW-5064` when the checkpoint is of a query that keeps other state, or reads or writes elsewhere
    static QueryCheckpoint open(Path directory, boolean isTemporary, Identity query, EngineSettings settings,
            CrashProbe probe) {
        Checkpoint checkpoint = Checkpoint.open(directory,
                CheckpointMetadata.of(UUID.randomUUID().toString(), json(query, settings.zone())),
                new TriggerLog.Settings(settings.state().snapshotLogBytes(), probe.steps(), probe.faults()));
        try {
            JsonNode birth = parse(checkpoint);
            check(birth, query, directory);
            return new QueryCheckpoint(checkpoint, isTemporary, ZoneId.of(birth.path("zone").asText()));
        } catch (RuntimeException e) {
            checkpoint.close();
            throw e;
        }
    }

    private static String json(Identity query, ZoneId zone) {
        ObjectNode tree = JSON.createObjectNode();
        tree.put("zone", zone.getId());
        tree.putArray("nodes");
        query.plan().nodes().forEach(line -> tree.withArray("nodes").add(line));
        query.ends().write(tree);
        tree.put("stateTtl", query.stateTtl());
        return tree.toString();
    }

    private static JsonNode parse(Checkpoint checkpoint) {
        try {
            return JSON.readTree(checkpoint.metadata().plan());
        } catch (JsonProcessingException e) {
            throw new Corrupted("THW-5066", "The plan in " + checkpoint.directory()
                    + "/metadata is not readable. Restore the file from a copy of the checkpoint.", e);
        }
    }

    private static void check(JsonNode birth, Identity query, Path directory) {
        List<String> recorded = new ArrayList<>();
        birth.path("nodes").forEach(line -> recorded.add(line.asText()));
        List<String> now = new ArrayList<>(query.plan().nodes());
        QueryEnds.read(birth).ifPresent(ends -> {
            recorded.addAll(ends.lines());
            now.addAll(query.ends().lines());
        });
        if (recorded.equals(now)) {
            return;
        }
        StringBuilder changes = new StringBuilder();
        recorded.stream().filter(line -> !now.contains(line)).forEach(line -> changes.append("\n  - ").append(line));
        now.stream().filter(line -> !recorded.contains(line)).forEach(line -> changes.append("\n  + ").append(line));
        throw new InvalidQuery("THW-5064", "The checkpoint in " + directory
                + " belongs to a query that reads other sources, keeps other state or writes elsewhere. What changed (- then, + now):"
                + (changes.isEmpty() ? "\n  the order of its parts" : changes) + timeToLive(birth, query, changes)
                + "\nStart the changed query with a new checkpointLocation, or take the change back.");
    }

    /// A setting that nobody sees in the query changes what is kept.
    private static String timeToLive(JsonNode birth, Identity query, CharSequence changes) {
        if (!changes.toString().contains(Fingerprint.LIVES)) {
            return "";
        }
        String before = birth.path("stateTtl").asText("not recorded");
        return "\nThe option stateTtl (or thalweg.sql.stateTtl of the session) was " + before
                + " when the checkpoint was made and is " + query.stateTtl() + " now"
                + (before.equals(query.stateTtl()) ? ": a hint STATE_TTL, or what the query reads, differs" : "")
                + ". The length may change in a restart, but not which operators have a time to live.";
    }

    /// The same over restarts.
    UUID id() {
        return id;
    }

    /// The session time zone when the checkpoint was made: it stays the query's.
    ZoneId zone() {
        return zone;
    }

    Checkpoint directory() {
        return checkpoint;
    }

    TriggerLog log() {
        return checkpoint.log();
    }

    Path source(int number) {
        return checkpoint.source(number);
    }

    Path sink(int number) {
        return checkpoint.sink(number);
    }

    @Override
    public void close() {
        checkpoint.close();
        if (isTemporary) {
            Directories.delete(checkpoint.directory());
        }
    }
}
